# Makefile - builds weir, its tests and its packages. `make help` lists the targets.
BUILD ?= build
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
VERSION = 0.1.0

# Brokers may be left out: make WITHOUT=kafka, make WITHOUT='kafka mqtt'.
WITHOUT ?=
BROKERS = $(filter-out $(WITHOUT),kafka mqtt redis)
BROKER_PKGS = $(BROKERS:kafka=rdkafka)
PKGS = ncursesw libuv libarchive zlib libpcre2-8 libfyaml libcurl libmicrohttpd sqlite3 \
	$(patsubst redis,hiredis,$(patsubst mqtt,libmosquitto,$(BROKER_PKGS)))
TEST_PKGS = check vterm libcjson
# Debian's names of what the two lists need, and of the tools that some targets use.
DEBS = pkg-config libncurses-dev libuv1-dev libarchive-dev zlib1g-dev libpcre2-dev libfyaml-dev \
	libcsv-dev libcurl4-openssl-dev libmicrohttpd-dev \
	libsqlite3-dev $(patsubst redis,libhiredis-dev,$(patsubst mqtt,libmosquitto-dev, \
	$(BROKERS:kafka=librdkafka-dev)))
TEST_DEBS = check libvterm-dev libcjson-dev curl python3 $(patsubst redis,redis-server, \
	$(patsubst mqtt,mosquitto mosquitto-clients,$(BROKERS:kafka=kcat)))
LINT_DEBS = clang cppcheck shellcheck
FUZZ_DEBS = clang libclang-rt-14-dev
BENCH_DEBS = miller datamash ttyplot
PACKAGE_DEBS = dpkg-dev

TEST_SERVERS = $(patsubst redis,redis-server redis-cli, \
	$(patsubst mqtt,mosquitto_pub,$(BROKERS:kafka=kcat)))

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wcast-qual -Wvla $(WERROR)
# Jumps only where they should go, on the machines that can tell.
CONTROL_FLOW = $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection $(CONTROL_FLOW) -fPIE
# No fused multiply-add behind our backs: results are the same to the bit on every machine.
FLOAT = -ffp-contract=off
# Asked for when something is compiled, so that `make setup` works before they are installed.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
TEST_LIBS = $(eval TEST_LIBS := $(shell pkg-config --libs $(TEST_PKGS)))$(TEST_LIBS)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. -DWEIR_VERSION='"$(VERSION)"' \
	$(WARN) $(HARDEN) $(FLOAT) -MMD -MP $(PKG_CFLAGS) $(CFLAGS)
LINK = $(CC) $(CFLAGS) -pie -Wl,--as-needed,-z,relro,-z,now $(LDFLAGS)
LIBS = $(PKG_LIBS) -lcsv -lm -pthread
SETS = $(CURDIR)/data/sets

VESSEL = data/sets/vessel
ALL_SRC = $(shell find data widgets app -name '*.c' -not -path app/main.c -not -path 'data/sets/*')
SRC = $(filter-out $(foreach b,$(WITHOUT),data/sources/brokers/$(b)% data/net/brokers/$(b)%),$(ALL_SRC))
OBJ = $(SRC:%.c=$(BUILD)/%.o)
LIB = $(BUILD)/libweir.a
UNITS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(shell find tests/units -name 'test_*.c')))
SCREENS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/screens/test_*.c))
SUPPORT = $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(wildcard tests/*.c tests/twins/*.c) \
	$(filter-out $(wildcard tests/screens/test_*.c),$(wildcard tests/screens/*.c)))
ONCE = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZERS = $(patsubst tests/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

all: setup-build $(BUILD)/weir $(VESSEL)

help:
	@echo 'make                 build/weir'
	@echo 'make demo            set up, build, and open the reactor demo'
	@echo 'make test            set up, build, and run all tests (under 3 minutes)'
	@echo 'make test-kafka      weir against Apache Kafka, where Java and Maven are at hand'
	@echo 'make units           the unit tests alone, as they are printed'
	@echo 'make asan            all tests under address and undefined-behaviour sanitizers'
	@echo 'make lint            include directions, line lengths, warnings of gcc and clang, cppcheck'
	@echo 'make format          clang-format over all files'
	@echo 'make soak            200 kills, single faults, and 20 minutes of rows (SOAK_MINUTES=20)'
	@echo 'make coverage        which lines the tests pass through, in percent'
	@echo 'make memcheck        the units under valgrind, half an hour'
	@echo 'make tidy            clang-tidy with the list in .clang-tidy'
	@echo 'make analyze         gcc -fanalyzer over all files'
	@echo 'make fuzz            each fuzz target for a minute (FUZZ_SECONDS=60)'
	@echo 'make mutants         do the tests see small mistakes? made in a copy; takes an hour'
	@echo 'make bench           speed and memory beside other programs'
	@echo 'make bench-rows      rows polluted in one way at a time, read telling nothing'
	@echo 'make bench-store     what recording costs, how fast a run goes on and back'
	@echo 'make bench-forecast  forecasts on the series of competitions, where these are at hand'
	@echo 'make bench-anomaly   what is odd is found, on made-up series and on recorded ones at hand'
	@echo 'make bench-learning  accuracy and cost of what learns, on the generators of the literature'
	@echo 'make pictures        the pictures of the README'
	@echo 'make cast            the reactor demo as it moves, in build/: .cast and animated SVG'
	@echo 'make install         into PREFIX (/usr/local); make uninstall takes it away again'
	@echo 'make deb             a Debian package, in build-deb/'
	@echo 'make clean           removes all that was built'

$(BUILD)/weir: $(BUILD)/app/main.o $(LIB)
	$(LINK) -o $@ $^ $(LIBS)

# What the demo of the feedback loop steers stands among the recordings, wherever these are.
$(VESSEL): data/sets/vessel.c
	$(CC) -std=c11 $(WARN) $(HARDEN) -O2 -pie -o $@ $<

# What is left out is compiled anew when it is another: a file has the names.
$(BUILD)/without: FORCE
	@mkdir -p $(@D); [ "$$(cat $@ 2>/dev/null)" = '$(sort $(WITHOUT))' ] && [ -e $@ ] || \
	echo '$(sort $(WITHOUT))' >$@
LEFT_OUT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard data/*/brokers/left_out.c))
$(LEFT_OUT): ALL_CFLAGS += $(foreach b,$(WITHOUT),-DWITHOUT_$(b))
$(LEFT_OUT): $(BUILD)/without

$(LIB): $(OBJ) $(BUILD)/without
	@rm -f $@
	$(AR) rcs $@ $(OBJ)

# Few files name the bundled recordings: the others compile alike wherever the checkout is.
FILES_NAMING_SETS = $(shell grep -rl WEIR_SETS app tests --include=*.c)
$(FILES_NAMING_SETS:%.c=$(BUILD)/%.o): ALL_CFLAGS += -DWEIR_SETS='"$(SETS)"'

# With STEPS=N it is told how far N files have come.
TELL_STEP = $(if $(STEPS),@echo >>$(BUILD)/steps; [ ! -t 2 ] || printf '\rweir: compiling %d of %d' \
	$$(wc -l <$(BUILD)/steps) $(STEPS) >&2)

# Also where many are made at a time, nothing is compiled before its libraries are there.
$(BUILD)/%.o: %.c | setup-build
	@mkdir -p $(@D)
	$(TELL_STEP)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# --- set-up: what is missing is named, then installed ---------------------------------------------
# A package is missing when pkg-config does not know it; libcsv ships no .pc file, so its header tells.
HAVE = pkg-config --exists $(1) 2>/dev/null && [ -e /usr/include/csv.h ]
INSTALL = echo "weir: installing with apt-get: $(1) ($(2))"; \
	$$([ "$$(id -u)" = 0 ] || echo sudo) sh -c 'apt-get update -q && \
	DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $(1)'

setup-build:
	@$(call HAVE,$(PKGS)) || { $(call INSTALL,$(DEBS),libraries that weir is built with); }

setup-test: setup-build
	@{ $(call HAVE,$(PKGS) $(TEST_PKGS)) && command -v curl python3 $(TEST_SERVERS) >/dev/null; } || \
	{ $(call INSTALL,$(TEST_DEBS),libraries of the tests$(if $(TEST_SERVERS), and brokers)); }

setup-lint: setup-test
	@{ command -v clang && command -v cppcheck && command -v shellcheck; } >/dev/null || \
	{ $(call INSTALL,$(LINT_DEBS),checkers of the code); }

setup-fuzz: setup-test
	@{ command -v clang && ls /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-x86_64.a \
	/usr/lib/clang/*/lib/linux/libclang_rt.fuzzer-x86_64.a; } >/dev/null 2>&1 || \
	{ $(call INSTALL,$(FUZZ_DEBS),clang and its fuzzer); }

setup-bench: setup-test
	@{ command -v mlr && command -v datamash && command -v ttyplot; } >/dev/null || \
	{ $(call INSTALL,$(BENCH_DEBS),programs to measure beside); }

# What is still to be compiled is counted first, so that a wait of a minute shows how long it is.
demo: setup-build
	@mkdir -p $(BUILD); rm -f $(BUILD)/steps; \
	n=$$($(MAKE) -n --no-print-directory $(BUILD)/weir | grep -c -- ' -c -o '); \
	[ "$$n" = 0 ] || echo "weir: building $(BUILD)/weir: $$n files to compile" >&2; \
	$(MAKE) -s --no-print-directory -j2 STEPS=$$n $(BUILD)/weir $(VESSEL) && { [ "$$n" = 0 ] || echo >&2; }
	$(BUILD)/weir demo reactor

# --- tests -----------------------------------------------------------------------------------------
$(BUILD)/tests/units/%: $(BUILD)/tests/units/%.o $(SUPPORT) $(LIB)
	$(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(BUILD)/tests/screens/test_%: $(BUILD)/tests/screens/test_%.o $(SUPPORT) $(LIB) $(BUILD)/weir
	$(LINK) -o $@ $(filter-out $(BUILD)/weir,$^) $(TEST_LIBS) $(LIBS)

test: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir $(VESSEL) test-programs
	@BUILD=$(BUILD) tests/run $(UNITS) $(SCREENS) $(ONCE)

# A broker of Kafka that is none: librdkafka has one for tests.
TEST_BROKERS = $(if $(filter kafka,$(BROKERS)),$(BUILD)/tests/brokers/kafka_mock)
test-programs: $(UNITS) $(SCREENS) $(ONCE) $(BUILD)/tests/faults/fail.so $(TEST_BROKERS)
test-brokers: $(TEST_BROKERS)
$(BUILD)/tests/brokers/%: $(BUILD)/tests/brokers/%.o
	$(LINK) -o $@ $< $(PKG_LIBS)

# Against Apache Kafka itself, where Java and Maven are at hand.
test-kafka: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir $(BUILD)/tests/brokers/kafka_admin \
	$(BUILD)/tests/bench/measure
	@BUILD=$(BUILD) tests/brokers/kafka

units: $(UNITS)
	@for t in $(UNITS); do $$t || exit 1; done

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=undefined
asan: setup-test
	@ASAN_OPTIONS=detect_stack_use_after_return=1 $(MAKE) -s --no-print-directory test \
	BUILD=build-asan HARDEN= CFLAGS='-O1 -g -fno-omit-frame-pointer $(SANITIZE)'

# Preloaded into the program, it lets single calls fail.
$(BUILD)/tests/faults/fail.so: tests/faults/fail.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -fPIC -shared -o $@ $< -ldl

# Small mistakes made in a copy of the tree: do the tests see them?
MUTANTS ?= --count 200 --seed 1
mutants: setup-test
	@tests/mutants $(MUTANTS)

# --- lint ------------------------------------------------------------------------------------------
lint: setup-lint
	@tests/lint
	@for cc in gcc clang; do echo "lint: $$cc -Werror"; $(MAKE) -s --no-print-directory -j2 \
	CC=$$cc BUILD=build-lint/$$cc WERROR=-Werror CFLAGS=-O2 all || exit 1; done

format:
	git ls-files '*.c' '*.h' | xargs clang-format -i

# --- what takes long -------------------------------------------------------------------------------
# Kills, faults and hours: 200 kills, each call failing in turn, twenty minutes of rows.
SOAK_MINUTES ?= 20
soak: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir $(BUILD)/tests/faults/fail.so \
	$(BUILD)/tests/soak/rows
	@scratch=$$(mktemp -d); trap 'rm -rf $$scratch' EXIT; \
	PATH=$(CURDIR)/$(BUILD):$$PATH tests/soak/kills 200 $$scratch && \
	BUILD=$(BUILD) tests/faults/run 200 && \
	$(BUILD)/tests/soak/rows $(CURDIR)/$(BUILD)/weir $$(($(SOAK_MINUTES) * 60)) $$scratch
$(BUILD)/tests/soak/rows: $(BUILD)/tests/soak/rows.o $(BUILD)/tests/soak/figures.o
	$(LINK) -o $@ $^ -lutil -lm

# Which lines the tests pass through, in percent, by room and in all.
COVERED = CFLAGS='-O0 -g --coverage' HARDEN= BUILD=build-coverage
coverage: setup-test
	@find build-coverage -name '*.gcda' -delete 2>/dev/null; \
	$(MAKE) -s --no-print-directory test $(COVERED); tests/coverage build-coverage

# The units under valgrind: what is read before it is written, what is not given back.
memcheck: setup-test
	@command -v valgrind >/dev/null || { $(call INSTALL,valgrind,it looks at memory); }
	@$(MAKE) -s --no-print-directory -j2 test-programs
	@for t in $(UNITS); do echo "memcheck: $$t"; CK_FORK=no CK_DEFAULT_TIMEOUT=0 valgrind -q \
	--error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite $$t >build-memcheck.log 2>&1 || \
	{ cat build-memcheck.log; exit 1; }; done; rm -f build-memcheck.log

# clang-tidy, with what .clang-tidy names.
tidy: setup-build
	@command -v clang-tidy >/dev/null || { $(call INSTALL,clang-tidy,it looks for mistakes); }
	@printf '%s\n' $(SRC) app/main.c | xargs -P 2 -n 8 sh -c \
	'clang-tidy --quiet "$$@" -- $(filter-out -MMD -MP,$(ALL_CFLAGS)) -DWEIR_SETS=\"x\" 2>/dev/null' tidy

# gcc's analysis of paths through functions; slow, and at times wrong.
analyze: setup-build
	@$(MAKE) -s --no-print-directory -j2 BUILD=build-analyze CFLAGS='-O1 -fanalyzer' HARDEN= all

# --- fuzz ------------------------------------------------------------------------------------------
FUZZ_SECONDS ?= 60
FUZZ_FLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
fuzz: setup-fuzz
	@$(MAKE) -s --no-print-directory -j2 CC=clang BUILD=build-fuzz HARDEN= CFLAGS='$(FUZZ_FLAGS)' \
	fuzz-programs
	@for f in $(patsubst tests/%.c,build-fuzz/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c)); do \
	mkdir -p build-fuzz/corpus/$$(basename $$f); echo "fuzz: $$f for $(FUZZ_SECONDS) s"; \
	$$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -verbosity=0 \
	-artifact_prefix=build-fuzz/ build-fuzz/corpus/$$(basename $$f) \
	tests/fuzz/corpus/$$(basename $$f) || exit 1; done
# The kept files of each target once, which needs no fuzzer: a part of `make test`.
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/once.o $(LIB)
	$(LINK) -o $@ $^ $(LIBS)
fuzz-programs: $(FUZZERS)
$(BUILD)/fuzz/%: $(BUILD)/tests/%.o $(LIB)
	@mkdir -p $(@D)
	$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

bench: setup-bench
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir
	@BUILD=$(BUILD) tests/bench/run

# Rows polluted in one way at a time, telling nothing: how much of them comes out as it was.
bench-rows: setup-build
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir
	@BUILD=$(BUILD) python3 tests/bench/bench_rows.py

# What recording costs, and how fast a run goes on and back.
bench-store: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir bench-programs
	@BUILD=$(BUILD) tests/bench/bench_store.sh

bench-forecast: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir bench-programs
	@BUILD=$(BUILD) tests/bench/bench_forecast.sh

bench-anomaly: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir bench-programs
	@BUILD=$(BUILD) tests/bench/bench_anomaly.sh

# LEARNING="20000 5 FILE.csv ...": rows and seeds of each generator, and recordings with a column y last.
LEARNING ?= 20000 5
bench-learning: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/tests/bench/bench_learning
	@$(BUILD)/tests/bench/bench_learning $(LEARNING)

# weir-plain is the program as it runs on a machine without the widest vectors: an object before the
# library stands in the place of the one in it.
BENCHES = $(patsubst tests/%.c,$(BUILD)/tests/%,$(filter-out tests/bench/cpu_plain.c, \
	$(wildcard tests/bench/*.c)))
bench-programs: $(BENCHES) $(BUILD)/tests/bench/weir-plain
$(BUILD)/tests/bench/bench_learning: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/bench/streams/*.c))
$(BUILD)/tests/bench/weir-plain: $(BUILD)/app/main.o $(BUILD)/tests/bench/cpu_plain.o $(LIB)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(SUPPORT) $(LIB)
	$(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

# The pictures of the README, drawn by the program itself: the same bytes on every machine.
PICTURES = data/sets/pictures
DRAW = $(BUILD)/weir --headless -o /dev/null --size 120x36 --snapshot
COLD = -a 'too cold: temperature < 9.5 for 3 rows severity critical' -a 'acid: pH < 4.4'
pictures: setup-build
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir
	@mkdir -p $(PICTURES)
	for t in dark light; do $(DRAW) $(PICTURES)/overview-$$t.svg --theme $$t --stop 104 $(COLD) \
	data/sets/reactor.csv || exit 1; done
	for d in reactor:820 forecast:1000 forgetting:700 windows:400; do $(BUILD)/weir demo $${d%:*} \
	--headless --rate max -o /dev/null --size 120x36 --stop $${d#*:} \
	--snapshot $(PICTURES)/demo-$${d%:*}.svg || exit 1; done

# The reactor demo as it moves: for asciinema, and as an animated picture that a browser shows.
cast: setup-test
	@$(MAKE) -s --no-print-directory -j2 $(BUILD)/weir $(BUILD)/tests/bench/cast $(BUILD)/tests/bench/walk
	$(BUILD)/tests/bench/cast $(BUILD)/weir $(BUILD)/reactor.cast $(BUILD)/reactor.svg
	$(BUILD)/tests/bench/walk $(BUILD)/weir data/sets/reactor.csv cast $(BUILD)/walk.cast
	@echo 'weir: $(BUILD)/walk.cast is a walk back and forth in it'
	@echo 'weir: $(BUILD)/reactor.cast (asciinema play) and $(BUILD)/reactor.svg (a browser)'

# --- install ---------------------------------------------------------------------------------------
# Few files name the bundled recordings: these alone are compiled again, for where they will stand.
DATADIR = $(PREFIX)/share/weir
STAGE = build-install
NAMING = $(patsubst %.c,$(STAGE)/%.o,$(filter app/%,$(FILES_NAMING_SETS)))
install: all
	$(MAKE) -s --no-print-directory SETS=$(DATADIR) STAGE=$(STAGE) $(STAGE)/weir
	install -D -s $(STAGE)/weir $(DESTDIR)$(PREFIX)/bin/weir
	$(STAGE)/weir --manual >$(STAGE)/weir.1
	install -D -m 644 $(STAGE)/weir.1 $(DESTDIR)$(PREFIX)/share/man/man1/weir.1
	mkdir -p $(DESTDIR)$(DATADIR)
	cp -R data/sets/. $(DESTDIR)$(DATADIR)

# The objects before the library stand in the place of those in it. Made each time: PREFIX is no file.
$(STAGE)/weir: $(BUILD)/app/main.o $(NAMING) $(LIB)
	$(LINK) -o $@ $^ $(LIBS)
$(NAMING): $(STAGE)/%.o: %.c FORCE
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -DWEIR_SETS='"$(SETS)"' -c -o $@ $<
FORCE:

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/weir $(DESTDIR)$(PREFIX)/share/man/man1/weir.1 \
	$(DESTDIR)$(DATADIR)

# What the package depends on is read off the program itself.
setup-deb: setup-build
	@command -v dpkg-shlibdeps >/dev/null || { $(call INSTALL,$(PACKAGE_DEBS),to build packages); }

DEB = build-deb/weir_$(VERSION)_$(shell dpkg --print-architecture 2>/dev/null)
deb: setup-deb
	rm -rf build-deb
	$(MAKE) -s --no-print-directory install PREFIX=/usr DESTDIR=$(DEB) STAGE=build-deb/stage
	mkdir -p $(DEB)/DEBIAN build-deb/debian
	printf 'Source: weir\n\nPackage: weir\nArchitecture: any\n' >build-deb/debian/control
	cd build-deb && dpkg-shlibdeps -O $(abspath $(DEB))/usr/bin/weir >shlibs
	sed -n 's/^shlibs:Depends=/Depends: /p' build-deb/shlibs >build-deb/depends
	test -s build-deb/depends
	{ printf 'Package: weir\nVersion: %s\nArchitecture: %s\n' $(VERSION) $$(dpkg --print-architecture); \
	printf 'Maintainer: the weir maintainers\nSection: utils\nPriority: optional\n'; \
	cat build-deb/depends; printf 'Description: live statistics, forecasts and alerts of a stream\n'; \
	printf ' Replays CSV recordings or follows rows from a pipe in the terminal.\n'; } >$(DEB)/DEBIAN/control
	dpkg-deb --root-owner-group --build $(DEB)

clean:
	rm -rf build build-* $(VESSEL)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: test-kafka test-brokers soak coverage analyze bench-rows bench-learning all help demo test test-programs units asan mutants lint format fuzz fuzz-programs bench \
	bench-programs bench-forecast bench-anomaly pictures cast install uninstall deb clean FORCE \
	setup-build setup-test setup-lint setup-fuzz setup-bench setup-deb
.SECONDARY:
