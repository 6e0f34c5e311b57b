// A disk whose n-th write from now fails, and no other. NTH names a file of one number, shared with whoever counts: each write makes it one
// less, and the one that reaches zero fails.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int fails(void) {
    static int *left;
    if (!left) {
        int file = open(getenv("NTH"), O_RDWR);
        left = mmap(NULL, sizeof *left, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        close(file);
    }
    if (__atomic_load_n(left, __ATOMIC_SEQ_CST) <= 0 || __atomic_sub_fetch(left, 1, __ATOMIC_SEQ_CST) != 0) return 0;
    errno = EIO;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return fails() ? -1 : REAL(pwrite)(file, bytes, count, at); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) { return fails() ? -1 : REAL(pwrite64)(file, bytes, count, at); }
int ftruncate64(int file, off64_t length) { return fails() ? -1 : REAL(ftruncate64)(file, length); }
int ftruncate(int file, off_t length) { return fails() ? -1 : REAL(ftruncate)(file, length); }
int fsync(int file) { return fails() ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return fails() ? -1 : REAL(fdatasync)(file); }
