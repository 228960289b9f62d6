# Makefile - builds weir, its tests and its packages. `make help` lists the targets.
BUILD ?= build
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
PKGS = ncursesw libuv libcjson libarchive libfyaml sqlite3
TEST_PKGS = check vterm

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wcast-qual -Wvla
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
# No fused multiply-add behind our backs: results are the same to the bit on every machine.
FLOAT = -ffp-contract=off
VERSION = 0.1.0

# Reads the libraries' flags only when something is compiled, so that `make setup` works without them.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) $(TEST_PKGS)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
TEST_LIBS = $(eval TEST_LIBS := $(shell pkg-config --libs $(TEST_PKGS)))$(TEST_LIBS)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. -DWEIR_VERSION='"$(VERSION)"' -DWEIR_SETS='"$(SETS)"' \
	$(WARN) $(HARDEN) $(FLOAT) -MMD -MP $(PKG_CFLAGS) $(CFLAGS)
LINK = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS = $(PKG_LIBS) -lcsv -lm
SETS = $(CURDIR)/data/sets

SRC = $(shell find data widgets app -name '*.c' -not -name main.c)
OBJ = $(SRC:%.c=$(BUILD)/%.o)
LIB = $(BUILD)/libweir.a
UNITS = $(wildcard tests/units/test_*.c)
UNIT_BINS = $(UNITS:tests/%.c=$(BUILD)/tests/%)
SUPPORT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/*.c))

all: $(BUILD)/weir

$(BUILD)/weir: $(BUILD)/app/main.o $(LIB)
	$(CC) $(LINK) -o $@ $^ $(LIBS)

$(LIB): $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/units/%: $(BUILD)/tests/units/%.o $(SUPPORT) $(LIB)
	$(CC) $(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

units: $(UNIT_BINS)
	@for t in $(UNIT_BINS); do CK_FORK=no $$t || exit 1; done

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: all units clean
.SECONDARY:
