/* deny.c - system calls that are none of ours fail (seccomp): rows are a stranger's bytes, and a
 * mistake in reading them should not be worth much.
 *
 * A list of what is denied, not of what is allowed: libraries may begin to make other calls with
 * each release, and a dashboard that dies of a new libc guards nobody. The filter is a program of a
 * few dozen steps, written here as the kernel takes it. */
#include "app/run/deny.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

/* Sanitizers look into the process from another one. */
#if defined(MACHINE) && !defined(__SANITIZE_ADDRESS__)

enum { OTHER_NUMBERS = 0x40000000 }; /* calls of x86_64 by other numbers (x32) */

static const unsigned denied[] = { SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv,
	SYS_process_vm_writev, SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
	SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_reboot, SYS_swapon, SYS_swapoff,
	SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_add_key, SYS_keyctl, SYS_request_key,
	SYS_open_by_handle_at, SYS_acct, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime,
	SYS_adjtimex, SYS_unshare, SYS_setns, SYS_sethostname, SYS_setdomainname, SYS_quotactl,
	SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid,
	SYS_setgroups };
enum { DENIED = sizeof denied / sizeof *denied, HEAD = 5, STEPS = HEAD + DENIED + 2 };

/* The jumps of the filter count the steps that they pass over. */
static void
write_filter(struct sock_filter f[STEPS])
{
	f[0] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	f[1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
	f[2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	f[3] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	f[4] =
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, DENIED + 1, 0);
	for (int i = 0; i < DENIED; i++)
		f[HEAD + i] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, denied[i], (unsigned char)(DENIED - i), 0);
	f[HEAD + DENIED] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	f[HEAD + DENIED + 1] =
	    (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
}

void
deny_calls(void)
{
	struct sock_filter filter[STEPS];
	struct sock_fprog program = { .len = STEPS, .filter = filter };

	write_filter(filter);
	/* An old kernel has no filters: then nothing changes. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

#else

void
deny_calls(void)
{
}

#endif
