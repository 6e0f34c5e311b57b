// The disk that a program is told of: so many bytes free (FREE), or mounted so that nobody can write (READ_ONLY), whatever it is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/statvfs.h>

int statvfs(const char *restrict path, struct statvfs *restrict disk) {
    int (*real)(const char *, struct statvfs *) = (int (*)(const char *, struct statvfs *))dlsym(RTLD_NEXT, "statvfs");
    int answer = real(path, disk);
    if (answer) return answer;
    if (getenv("FREE")) disk->f_bavail = strtoull(getenv("FREE"), NULL, 10) / disk->f_frsize;
    if (getenv("READ_ONLY")) disk->f_flag |= ST_RDONLY;
    return 0;
}

int statvfs64(const char *restrict path, struct statvfs64 *restrict disk) {
    return statvfs(path, (struct statvfs *)disk);
}
