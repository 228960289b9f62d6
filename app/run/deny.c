/* deny.c - system calls that are none of ours fail (seccomp): rows are a stranger's bytes, and a
 * mistake in reading them should not be worth much.
 *
 * A list of what is denied, not of what is allowed: libraries may begin to make other calls with
 * each release, and a dashboard that dies of a new libc guards nobody. */
#include "app/run/deny.h"

#ifdef WEIR_SECCOMP

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>

static const char *const denied[] = { "execve", "execveat", "ptrace", "process_vm_readv",
	"process_vm_writev", "kexec_load", "kexec_file_load", "init_module", "finit_module",
	"delete_module", "mount", "umount2", "move_mount", "fsopen", "pivot_root", "chroot",
	"reboot", "swapon", "swapoff", "bpf", "perf_event_open", "userfaultfd", "add_key", "keyctl",
	"request_key", "open_by_handle_at", "acct", "settimeofday", "clock_settime",
	"clock_adjtime", "adjtimex", "unshare", "setns", "sethostname", "setdomainname", "iopl",
	"ioperm", "quotactl", "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid",
	"setgroups" };

void
deny_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	if (filter == NULL)
		return;
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
		int call = seccomp_syscall_resolve_name(denied[i]);

		if (call != __NR_SCMP_ERROR)
			seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
	}
	seccomp_load(filter); /* an old kernel has none: then nothing changes */
	seccomp_release(filter);
}

#else

void
deny_calls(void)
{
}

#endif
