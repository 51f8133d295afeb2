/* CPython is compiled on glibc 2.31 with the versions of these functions that glibc 2.28 (UOS V20, Kylin V10) has:
   2.29 gave them new ones that only leave errno alone. sem_clockwait (2.30) is switched off at configure. */
#if defined(__x86_64__)
#define ANLAN_OLD "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define ANLAN_OLD "GLIBC_2.17"
#endif
#if defined(ANLAN_OLD) && !defined(__ASSEMBLER__)
__asm__(".symver exp,exp@" ANLAN_OLD);
__asm__(".symver exp2,exp2@" ANLAN_OLD);
__asm__(".symver log,log@" ANLAN_OLD);
__asm__(".symver log2,log2@" ANLAN_OLD);
__asm__(".symver pow,pow@" ANLAN_OLD);
#endif
