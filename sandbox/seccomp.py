"""The system calls a container may make: an allow-list of our own, and everything else answers EPERM.

It is Docker's current default, tightened. An old engine (20.10 is Debian 12's) has an older default that still lets
io_uring and AF_ALG through, so the profile travels with every container that we create. What it leaves out is named in
`DENIED`, with reasons, because the tests try each of those calls in a real container.

Names that a kernel or libseccomp does not know are ignored, and so are those of another processor.
"""

from __future__ import annotations

import errno
import socket
from typing import Any

ARCHITECTURES = {"x86_64": "SCMP_ARCH_X86_64", "aarch64": "SCMP_ARCH_AARCH64"}

#: The only socket families. Others reach the kernel's crypto (ALG), a hypervisor (VSOCK), packets, netlink …
FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)

#: The flags of clone() that make a namespace: mount, cgroup, UTS, IPC, user, PID, network.
NAMESPACE_FLAGS = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000

#: What Docker's default allows, to some containers or on some kernels, and this profile does not.
DENIED = {
    "looks into another process": "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace",
    "large surface in the kernel": "bpf io_uring_enter io_uring_register io_uring_setup perf_event_open userfaultfd",
    "keys are not kept per container": "add_key keyctl request_key",
    "makes or enters namespaces": "setns unshare",
    "changes what is mounted": "chroot fsconfig fsmount fsopen fspick mount mount_setattr move_mount open_tree "
    "pivot_root umount2",
    "opens files around the path": "fanotify_init name_to_handle_at open_by_handle_at",
    "the machine's, not a container's": "acct clock_settime delete_module finit_module init_module kexec_load "
    "quotactl reboot sethostname settimeofday swapoff swapon syslog",
    "runs code from no file, past a noexec mount": "memfd_create memfd_secret",
    "what it makes outlives its maker, past our cleaning up": "mq_open msgget semget shmget",
    "old or odd, and used by nothing here": "io_setup io_submit modify_ldt remap_file_pages vmsplice",
}

_ALLOWED = {
    "files": """
        access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64
        fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync flock fstat fstatfs fsync ftruncate
        futimesat getcwd getdents getdents64 inotify_add_watch inotify_init inotify_init1 inotify_rm_watch ioctl lchown
        link linkat lseek lstat mkdir mkdirat mknod mknodat newfstatat open openat openat2 pread64 preadv preadv2
        pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename renameat renameat2 rmdir sendfile
        splice stat statfs statx symlink symlinkat sync sync_file_range syncfs tee truncate umask unlink unlinkat utime
        utimensat utimes write writev
        """,
    "extended attributes": """
        fgetxattr flistxattr fremovexattr fsetxattr getxattr lgetxattr listxattr llistxattr lremovexattr lsetxattr
        removexattr setxattr
        """,
    "memory": """
        brk cachestat madvise membarrier mincore mlock mlock2 mlockall mmap mprotect mremap mseal msync munlock
        munlockall munmap pkey_alloc pkey_free pkey_mprotect
        """,
    "processes and threads": """
        arch_prctl execve execveat exit exit_group fork get_robust_list getcpu getpgid getpgrp getpid getppid
        getpriority getrlimit getrusage getsid gettid ioprio_get ioprio_set kill pidfd_open pidfd_send_signal prctl
        prlimit64 restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
        rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
        sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_setaffinity
        sched_setattr sched_setparam sched_setscheduler sched_yield set_robust_list set_tid_address setpgid setpriority
        setrlimit setsid sigaltstack tgkill tkill vfork wait4 waitid
        """,
    "users; without capabilities they can only give up": """
        capget capset getegid geteuid getgid getgroups getresgid getresuid getuid landlock_add_rule
        landlock_create_ruleset landlock_restrict_self seccomp setfsgid setfsuid setgid setgroups setregid setresgid
        setresuid setreuid setuid
        """,
    "waiting and pipes": """
        epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 futex futex_requeue
        futex_wait futex_waitv futex_wake pause pipe pipe2 poll ppoll pselect6 select signalfd signalfd4
        """,
    "time": """
        alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time timer_create
        timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime times
        """,
    "sockets that exist": """
        accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg
        sendmsg sendto setsockopt shutdown
        """,
    "the system": "getrandom sysinfo uname",
}


def allowed() -> list[str]:
    """The calls that need no look at their arguments."""
    return sorted(name for names in _ALLOWED.values() for name in names.split())


def denied() -> list[str]:
    """The calls that the profile is there to refuse."""
    return sorted(name for names in DENIED.values() for name in names.split())


def profile(machine: str) -> dict[str, Any]:
    """The profile for containers on one kind of machine ("x86_64" or "aarch64"), as the engine's API takes it.

    Only the native architecture is listed: a 32-bit call, whose socketcall() hides its arguments, kills its process.
    """
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": errno.EPERM,
        "architectures": [ARCHITECTURES[machine]],
        "syscalls": [
            _rule(allowed()),
            *(_rule(["socket"], _equals(family)) for family in FAMILIES),
            _rule(["socketpair"], _equals(socket.AF_UNIX)),
            _rule(["clone"], {"index": 0, "op": "SCMP_CMP_MASKED_EQ", "value": NAMESPACE_FLAGS, "valueTwo": 0}),
            # Its flags lie in memory, where no filter looks. "No such call" makes C libraries fall back on clone().
            {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": errno.ENOSYS},
            # To ask for the execution domain, or to keep the ordinary one.
            *(_rule(["personality"], _equals(domain)) for domain in (0, 0xFFFFFFFF)),
        ],
    }


def _equals(value: int) -> dict[str, Any]:
    return {"index": 0, "op": "SCMP_CMP_EQ", "value": int(value), "valueTwo": 0}


def _rule(names: list[str], *conditions: dict[str, Any]) -> dict[str, Any]:
    return {"names": names, "action": "SCMP_ACT_ALLOW", "args": list(conditions)}
