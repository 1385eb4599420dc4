"""A filter of system calls (seccomp): no network, no change of files, no other process, nothing that rules a machine.

The rules are a program for the kernel (classic BPF). It refuses with an error instead of killing: a library that tries
a call which it does not need goes on. docs/architecture.md tells why it is our own.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence

from sources.formats import landlock

# Calls that are refused, each with its number on x86-64 and on 64-bit ARM; empty where there is no such call.
NETWORK = """
    socket:41:198 socketpair:53:199 connect:42:203 bind:49:200 listen:50:201 accept:43:202 accept4:288:242
"""
FILES = """
    creat:85: unlink:87: unlinkat:263:35 rename:82: renameat:264:38 renameat2:316:276 mkdir:83: mkdirat:258:34
    rmdir:84: mknod:133: mknodat:259:33 link:86: linkat:265:37 symlink:88: symlinkat:266:36 truncate:76:45
    ftruncate:77:46 fallocate:285:47 chmod:90: fchmod:91:52 fchmodat:268:53 chown:92: fchown:93:55 lchown:94:
    fchownat:260:54 setxattr:188:5 lsetxattr:189:6 fsetxattr:190:7 removexattr:197:14 lremovexattr:198:15
    fremovexattr:199:16 utime:132: utimes:235: utimensat:280:88 futimesat:261: name_to_handle_at:303:264
    open_by_handle_at:304:265 inotify_init:253: inotify_init1:294:26 fanotify_init:300:262 mount:165:40
    umount2:166:39 pivot_root:155:41 chroot:161:51 open_tree:428:428 move_mount:429:429 fsopen:430:430
    fsconfig:431:431 fsmount:432:432 fspick:433:433 mount_setattr:442:442
"""
PROCESSES = """
    fork:57: vfork:58: kill:62:129 tkill:200:130 rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240
    pidfd_open:434:434 pidfd_getfd:438:438 ptrace:101:117 pidfd_send_signal:424:424 process_vm_readv:310:270
    process_vm_writev:311:271 process_madvise:440:440 kcmp:312:272 unshare:272:97 setns:308:268 shmget:29:194
    shmat:30:196 shmctl:31:195 msgget:68:186 msgsnd:69:189 msgrcv:70:188 semget:64:190 semop:65:193
    mq_open:240:180 mq_unlink:241:181 setpriority:141:140 ioprio_set:251:30 sched_setparam:142:118
    sched_setscheduler:144:119 sched_setaffinity:203:122 sched_setattr:314:274 migrate_pages:256:238
    move_pages:279:239
"""
MACHINE = """
    io_uring_setup:425:425 io_uring_enter:426:426 io_uring_register:427:427 bpf:321:280
    perf_event_open:298:241 userfaultfd:323:282 keyctl:250:219 add_key:248:217 request_key:249:218
    memfd_secret:447:447 init_module:175:105 finit_module:313:273 delete_module:176:106 kexec_load:246:104
    kexec_file_load:320:294 reboot:169:142 swapon:167:224 swapoff:168:225 acct:163:89 quotactl:179:60
    syslog:103:116 settimeofday:164:170 clock_settime:227:112 adjtimex:159:171 clock_adjtime:305:266
    sethostname:170:161 setdomainname:171:162 iopl:172: ioperm:173: personality:135:92 vhangup:153:58
"""
# What is told that a call is not there, so that the C library takes an older one, whose arguments the filter sees.
ABSENT = "openat2:437:437 clone3:435:435"
NEWEST = 450  # later calls are not there either
# Calls that depend on an argument: which one, and what of it matters.
OPEN, OPEN_AT, CLONE, SIGNAL, LIMIT = (2, None), (257, 56), (56, 220), (234, 131), (302, 261)
DEVICE, FILE = (16, 29), (72, 25)  # ioctl, fcntl
TYPES = (0x5412, 0x541C)  # TIOCSTI and TIOCLINUX: what they write, a terminal takes as typed
SIGNALS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: who gets the signals of a pipe, and which
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
THREAD = 0x10000

ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
OLD_CALLS = 0x40000000  # of x86-64 (x32): the same calls by other numbers
SET_FILTER, ASK_ACTION, ALL_THREADS = 1, 2, 1
SECCOMP = {"x86_64": 317, "aarch64": 277}
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
# Instructions: load a word, jump if equal, greater or equal, or if a bit is set, and return.
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
_INSTRUCTION = struct.Struct("HBBI")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def is_possible() -> bool:
    """Return whether this kernel takes such a filter, and we know the numbers of its calls."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in ARCHITECTURES:
        return False
    action = ctypes.c_uint32(REFUSE)
    return not ctypes.CDLL(None).syscall(SECCOMP[machine], ASK_ACTION, 0, ctypes.byref(action))


def install() -> None:
    """Filter the system calls of this process, and of what it runs, from now on. Raises ``OSError``."""
    landlock.never_gain_privileges()
    machine = platform.machine()
    rules = program(machine, os.getpid())
    code = b"".join(_INSTRUCTION.pack(*rule) for rule in rules)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(SECCOMP[machine], SET_FILTER, ALL_THREADS, ctypes.byref(_Program(len(rules), code))):
        raise OSError(ctypes.get_errno(), "seccomp")


def program(machine: str, process: int) -> list[tuple[int, int, int, int]]:
    """Return the instructions of the filter for a machine and the number of the process that it will hold."""
    column, architecture = ARCHITECTURES[machine]
    refuse, absent = REFUSE | errno.EPERM, REFUSE | errno.ENOSYS
    rules = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    rules += [(AT_LEAST, 0, 1, OLD_CALLS if machine == "x86_64" else NEWEST + 1), (RETURN, 0, 0, absent)]
    rules += [(AT_LEAST, 0, 1, NEWEST + 1), (RETURN, 0, 0, absent)]
    for number in _numbers(ABSENT, column):
        rules += [(EQUAL, 0, 1, number), (RETURN, 0, 0, absent)]
    for number in _numbers(f"{NETWORK} {FILES} {PROCESSES} {MACHINE}", column):
        rules += [(EQUAL, 0, 1, number), (RETURN, 0, 0, refuse)]
    rules += _asked(OPEN[column], 1, [(ANY_BIT, CHANGES)], refuse, ALLOW)
    rules += _asked(OPEN_AT[column], 2, [(ANY_BIT, CHANGES)], refuse, ALLOW)
    rules += _asked(CLONE[column], 0, [(ANY_BIT, THREAD)], ALLOW, refuse)
    rules += _asked(SIGNAL[column], 0, [(EQUAL, process)], ALLOW, refuse)
    rules += _asked(LIMIT[column], 0, [(EQUAL, 0)], ALLOW, refuse)
    rules += _asked(DEVICE[column], 1, [(EQUAL, each) for each in TYPES], refuse, ALLOW)
    rules += _asked(FILE[column], 1, [(EQUAL, each) for each in SIGNALS], refuse, ALLOW)
    return [*rules, (RETURN, 0, 0, ALLOW)]


def _numbers(calls: str, column: int) -> Iterator[int]:
    """Yield the numbers of calls on one machine."""
    for call in calls.split():
        number = call.split(":")[1 + column]
        if number:
            yield int(number)


def _asked(
    number: int | None, argument: int, tests: Sequence[tuple[int, int]], then: int, otherwise: int
) -> list[tuple[int, int, int, int]]:
    """Return the instructions for a call on which one of its arguments decides: ``then`` where any of the tests holds.

    Both machines keep the low word of an argument first.
    """
    if number is None:
        return []
    last = len(tests) - 1
    return [
        (EQUAL, 0, len(tests) + 3, number),
        (LOAD, 0, 0, FIRST_ARGUMENT + 8 * argument),
        *((test, last - at, int(at == last), value) for at, (test, value) in enumerate(tests)),
        (RETURN, 0, 0, then),
        (RETURN, 0, 0, otherwise),
    ]
