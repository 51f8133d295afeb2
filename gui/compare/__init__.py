"""The area of comparing: cases or places side by side, their figures in one unit, charts, and cases like one."""
