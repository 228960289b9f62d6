/* serial.c - a serial line, such as /dev/ttyUSB0?baud=9600: a sensor's rows.
 *
 * The terminal is made raw and never becomes our controlling one. A line that is pulled out is
 * looked for again. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/sockets/dial.h"

struct serial {
	struct dial *dial;
	speed_t speed;
};

enum { PARAM_BAUD };
static const struct param params[] = {
	[PARAM_BAUD] = { .name = "baud",
	    .type = PARAM_COUNT,
	    .fallback = "9600",
	    .min = 50,
	    .max = 4000000,
	    .help = "its speed" },
	{ 0 },
};

static const struct speed {
	int baud;
	speed_t speed;
} speeds[] = { { 1200, B1200 }, { 2400, B2400 }, { 4800, B4800 }, { 9600, B9600 },
	{ 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
	{ 230400, B230400 }, { 460800, B460800 }, { 921600, B921600 } };

/* The terminal at which we were started is no serial line, whatever it is called. */
static bool
is_ours(dev_t device)
{
	struct stat st;

	for (int fd = 0; fd <= 2; fd++)
		if (fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == device)
			return true;
	return major(device) == 5 && minor(device) == 0;
}

static bool
serial_takes(const char *spec, bool follow)
{
	static const char usual[] = "/dev/tty";
	char path[256];
	struct stat st;
	size_t n = strcspn(spec, "?");
	int fd, is_tty;

	(void)follow;
	if (n >= sizeof path)
		return false;
	memcpy(path, spec, n);
	path[n] = '\0';
	if (stat(path, &st) < 0)
		return strncmp(path, usual, sizeof usual - 1) == 0;
	if (!S_ISCHR(st.st_mode) || is_ours(st.st_rdev))
		return false;
	fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return strncmp(path, usual, sizeof usual - 1) == 0;
	is_tty = isatty(fd);
	close(fd);
	return is_tty;
}

static int
make_raw(int fd, speed_t speed)
{
	struct termios t;

	if (tcgetattr(fd, &t) < 0)
		return -1;
	cfmakeraw(&t);
	t.c_cflag |= CLOCAL | CREAD;
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	if (cfsetispeed(&t, speed) < 0 || cfsetospeed(&t, speed) < 0)
		return -1;
	return tcsetattr(fd, TCSANOW, &t);
}

static void
serial_try(struct dial *dial, struct source *source)
{
	struct serial *serial = source->state;
	int fd = open(source->rest, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0) {
		dial_failed(dial, strerror(errno), false);
	} else if (make_raw(fd, serial->speed) < 0) {
		dial_failed(dial, strerror(errno), false);
		close(fd);
	} else {
		dial_got(dial, fd, false);
	}
}

static const struct dial_way way = { serial_try };

static int
serial_open(struct source *source, struct error *err)
{
	struct serial *serial = source->state;
	int baud = (int)source->values[PARAM_BAUD].number;
	size_t i = 0, n = sizeof speeds / sizeof *speeds;

	while (i < n && speeds[i].baud != baud)
		i++;
	if (i == n)
		return error_set(err,
		    "%s: %d baud is no usual speed (1200, 2400, 4800, 9600, 19200, 38400, 57600, "
		    "115200, 230400, 460800, 921600)",
		    source->spec, baud);
	serial->speed = speeds[i].speed;
	serial->dial = dial_new(source, &way, err);
	return serial->dial != NULL ? 0 : -1;
}

static long
serial_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	return dial_read(((struct serial *)source->state)->dial, buf, cap, err);
}

static int
serial_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	(void)lane;
	return dial_reply(((struct serial *)source->state)->dial, bytes, n, err);
}

static void
serial_close(struct source *source)
{
	dial_free(((struct serial *)source->state)->dial);
}

const struct source_class source_serial = {
	.scheme = "",
	.form = "/dev/ttyUSB0?baud=9600",
	.help = "a serial line, as sensors have",
	.params = params,
	.size = sizeof(struct serial),
	.live = true,
	.kind = SOURCE_LANES,
	.takes = serial_takes,
	.open = serial_open,
	.read = serial_read,
	.reply = serial_reply,
	.close = serial_close,
};
