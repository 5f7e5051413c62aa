#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* A list of what is forbidden, not of what is allowed: a libc or sanitizer that uses a
 * call of its own goes on working, and what could do harm is well known. */
static const int forbidden[] = {
    /* programs and other processes */
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(process_madvise),
    SCMP_SYS(kcmp),
    SCMP_SYS(tkill),
#ifndef __SANITIZE_ADDRESS__ /* its leak checker traces the process itself */
    SCMP_SYS(ptrace),
#endif
    /* the file system */
    SCMP_SYS(creat),
    SCMP_SYS(openat2),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rmdir),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(truncate),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(fchown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(utime),
    SCMP_SYS(utimes),
    SCMP_SYS(utimensat),
    SCMP_SYS(futimesat),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr),
    SCMP_SYS(removexattr),
    SCMP_SYS(lremovexattr),
    SCMP_SYS(fremovexattr),
    SCMP_SYS(fallocate),
    SCMP_SYS(chroot),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsmount),
    SCMP_SYS(fsconfig),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(quotactl),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(acct),
    SCMP_SYS(fanotify_init),
    /* ways around this filter, and the kernel's rarer doors */
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(personality),
    SCMP_SYS(iopl),
    SCMP_SYS(ioperm),
    SCMP_SYS(modify_ldt),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    SCMP_SYS(syslog),
    SCMP_SYS(vhangup),
    SCMP_SYS(lookup_dcookie),
    SCMP_SYS(shmget),
    SCMP_SYS(shmat),
    SCMP_SYS(msgget),
    SCMP_SYS(semget),
    SCMP_SYS(mq_open),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setgroups),
    SCMP_SYS(capset),
};
static const int network[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind),
    SCMP_SYS(listen), SCMP_SYS(accept),     SCMP_SYS(accept4),
};
/* open(2) has its flags second, openat(2) third. */
static const struct {
    int call;
    unsigned flags;
} opens[] = { { SCMP_SYS(open), 1 }, { SCMP_SYS(openat), 2 } };

#define DENY SCMP_ACT_ERRNO(EPERM)

/* Calls that this machine's architecture doesn't have are no matter. */
static bool deny(scmp_filter_ctx filter, int call)
{
    int code = seccomp_rule_add(filter, DENY, call, 0);

    return code == 0 || code == -EDOM || code == -EINVAL;
}

static bool deny_all(scmp_filter_ctx filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!deny(filter, calls[i]))
            return false;
    return true;
}

static bool deny_flag(scmp_filter_ctx filter, int call, unsigned argument,
                      uint64_t mask, uint64_t value)
{
    return seccomp_rule_add(filter, DENY, call, 1,
                            SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, value)) == 0;
}

/* Opening for anything but reading. */
static bool deny_writing(scmp_filter_ctx filter)
{
    static const uint64_t flags[] = { O_WRONLY, O_RDWR };

    for (size_t i = 0; i < COUNT(opens); i++) {
        for (size_t j = 0; j < COUNT(flags); j++)
            if (!deny_flag(filter, opens[i].call, opens[i].flags, O_ACCMODE, flags[j]))
                return false;
        if (!deny_flag(filter, opens[i].call, opens[i].flags, O_CREAT, O_CREAT) ||
            !deny_flag(filter, opens[i].call, opens[i].flags, O_TRUNC, O_TRUNC))
            return false;
    }
    return true;
}

/* A call whose first argument is a process, but for this one. */
static bool deny_others(scmp_filter_ctx filter, int call, scmp_datum_t allowed)
{
    return seccomp_rule_add(filter, DENY, call, 1,
                            SCMP_CMP(0, SCMP_CMP_NE, allowed, 0)) == 0;
}

/* New namespaces, keystrokes for the terminal, signals for others. */
static bool deny_arguments(scmp_filter_ctx filter)
{
    static const uint64_t spaces[] = { CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,
                                       CLONE_NEWNET,  CLONE_NEWIPC, CLONE_NEWUTS };
    const scmp_datum_t self = (scmp_datum_t)getpid();

    for (size_t i = 0; i < COUNT(spaces); i++)
        if (!deny_flag(filter, SCMP_SYS(clone), 0, spaces[i], spaces[i]))
            return false;
    /* clone3 keeps its flags in memory, out of sight; the C library then uses clone. */
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) != 0)
        return false;
    return deny_flag(filter, SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCSTI) &&
           deny_others(filter, SCMP_SYS(kill), self) &&
           deny_others(filter, SCMP_SYS(tgkill), self) &&
           deny_others(filter, SCMP_SYS(rt_sigqueueinfo), self) &&
           deny_others(filter, SCMP_SYS(rt_tgsigqueueinfo), self) &&
           deny_others(filter, SCMP_SYS(prlimit64), 0);
}

static bool load(enum sandbox_kept kept, struct err *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter && deny_all(filter, forbidden, COUNT(forbidden)) &&
              (kept == SANDBOX_NETWORK || deny_all(filter, network, COUNT(network))) &&
              deny_writing(filter) && deny_arguments(filter);
    int code = ok ? seccomp_load(filter) : -EINVAL;

    if (filter)
        seccomp_release(filter);
    return code == 0 ||
           err_set(err, ERR_UNSUPPORTED, -1, "no seccomp filter: %s", strerror(-code));
}

bool sandbox_enter(enum sandbox_kept kept, struct err *err)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none); /* a crash leaves no copy of memory behind */
    return load(kept, err);
}
