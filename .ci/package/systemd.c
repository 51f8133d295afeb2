/* Stands for libsystemd in the bundle. Debian's libdbus asks it only whether systemd started a bus on a socket, which
   never is the case here; the real one needs glibc 2.30 and brings libgcrypt, lz4 and zstd along. */
int sd_listen_fds(int unset_environment) { (void)unset_environment; return 0; }
int sd_is_socket(int fd, int family, int type, int listening)
{
    (void)fd; (void)family; (void)type; (void)listening;
    return 0;
}
