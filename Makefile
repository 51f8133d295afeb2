# 案览 Anlan. Each target does its own set-up.  make help
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PAGES  ?= ../shared
# The old system that the package is built on, and the bare ones it is tried in.
CHROOT ?= build/debian-11
SYSTEMS ?= build/systems
# What was fetched, each file checked by its SHA-256 whenever it is used.
CACHE ?= build/cache

.PHONY: help setup run test test-core test-gui test-x lint score bench shots package package-try clean

help:            ## 列出各项 / this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1\t/' | expand -t 20

setup: $(READY)  ## 建好 .venv 和所需的一切 / make .venv with everything in it

$(READY): pyproject.toml .ci/packages
	@sh .ci/system
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else "需要 Python 3.10 以上 / Python 3.10 or newer is needed")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 venv，请先执行 / missing, please run: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,cluster]'
	@touch $@

run: $(READY)    ## 打开窗口 / open the window
	$(BIN)/python -m gui $(ARGS)

test: $(READY) lint  ## 全部测试 / everything that is tested
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest
	$(MAKE) --no-print-directory test-x

test-x: $(READY)  ## 真窗口的测试 / the window's tests in a real X window
	QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1920x1080x24' \
	    sh -c 'openbox --sm-disable & exec $(BIN)/python -m pytest tests/gui -q'

test-core: $(READY)  ## 只测 core / the core alone
	$(BIN)/python -m pytest tests/core -q

test-gui: $(READY)   ## 只测窗口 / the window alone
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/gui -q

lint: $(READY)   ## ruff + mypy
	$(BIN)/ruff check .
	$(BIN)/mypy

score: $(READY)  ## 在真实版面和自写版面上评分 / score on real pages, when they are there, and on our own
	@if [ -f $(PAGES)/exam/score.py ]; then \
	    for half in open held fresh; do echo "== tests/pages/$$half"; \
	        $(BIN)/python $(PAGES)/exam/score.py --gold tests/pages/$$half --pages tests/pages/$$half -- $(BIN)/python -m core read --json || exit 1; done; \
	    echo "== $(PAGES)/pages"; \
	    $(BIN)/python $(PAGES)/exam/score.py --gold $(PAGES)/exam/gold --pages $(PAGES)/pages $(SCORE) -- $(BIN)/python -m core read --json; \
	else \
	    echo "没有评分用的真实版面：$(PAGES)/exam 不在。/ No real pages to score on: $(PAGES)/exam is not there." >&2; exit 1; \
	fi

bench: $(READY)  ## 测速，写法见 docs/performance.md / measure
	$(BIN)/python -m bench $(ARGS)

shots: $(READY)  ## 把各个画面存成图片 / screenshots into shots/
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench.shots $(ARGS)

package:         ## 打成一个文件夹、.tar.xz 和 .deb，放在 dist（root；ARGS=--here 用本机的系统）/ folder, .tar.xz and .deb into dist
	PYTHON=$(PYTHON) .ci/package/make dist $(CHROOT) $(CACHE) $(ARGS)

package-try:     ## 在干净的旧系统里试打好的包（root）/ try the package in bare old systems
	.ci/package/try dist $(SYSTEMS) docs/reports

clean:           ## 删掉生成的东西 / remove what was made
	rm -rf build dist shots .pytest_cache .mypy_cache .ruff_cache
