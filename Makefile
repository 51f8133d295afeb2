# 案览 Anlan. Each target does its own set-up.  make help
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PAGES  ?= ../shared
# Articles to make pages from and to learn from; what lies there says docs/reading-evidence.md.
CORPUS ?= ../corpus
# The old system that the package is built on, and the bare ones it is tried in.
CHROOT ?= build/debian-11
SYSTEMS ?= build/systems
# What was fetched, each file checked by its SHA-256 whenever it is used.
CACHE ?= build/cache
# Tests share the processors; each process has an X screen of its own (tests/screen.py).
SHARED := -n auto --dist worksteal

.PHONY: help setup run test test-core test-gui test-x lint score gold learn bench reliability shots package package-try clean

help:            ## 列出各项 / this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1\t/' | expand -t 20

setup: $(READY)  ## 建好 .venv 和所需的一切 / make .venv with everything in it

$(READY): pyproject.toml .ci/packages core/compiled/_compiled.c
	@sh .ci/system
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else "需要 Python 3.10 以上 / Python 3.10 or newer is needed")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 venv，请先执行 / missing, please run: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,cluster]'
	$(BIN)/python core/compiled/build.py
	@touch $@

run: $(READY)    ## 打开窗口 / open the window
	$(BIN)/python -m gui $(ARGS)

test: $(READY) lint  ## 全部测试，窗口在真的 X 里 / everything that is tested, windows in a real X
	QT_QPA_PLATFORM=xcb $(BIN)/python -m pytest -q $(SHARED)

test-x: $(READY)  ## 只测窗口，在真的 X 里 / the window alone, in a real X
	QT_QPA_PLATFORM=xcb $(BIN)/python -m pytest -q $(SHARED) tests/gui

test-core: $(READY)  ## 只测 core / the core alone
	$(BIN)/python -m pytest tests/core core -q

test-gui: $(READY)   ## 只测窗口，不要屏幕 / the window alone, without a screen
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/gui gui -q

lint: $(READY)   ## ruff、版式、类型 / ruff, its format, mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(READY)  ## 在自写版面上评分，有真实版面时也评 / score on our own pages, and on real ones when they are there
	@$(BIN)/python -m tests.score $(if $(wildcard $(PAGES)/exam/gold),--pages $(PAGES)/pages --labels $(PAGES)/exam/gold) $(if $(wildcard $(CORPUS)),--corpus $(CORPUS))

gold: $(READY)   ## 记下现在的得分，显示得失 / keep the scores as they are now, and show gains and losses
	@$(BIN)/python -m tests.score --keep

learn: $(READY)  ## 从 CORPUS 里的文章重新学习行的种类和接缝 / learn kinds of lines and seams anew
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[learn]'
	$(BIN)/python -m bench.learn --corpus $(CORPUS) $(ARGS)

bench: $(READY)  ## 测速，写法见 docs/performance.md / measure
	$(BIN)/python -m bench $(ARGS)

reliability: $(READY)  ## 想办法弄丢东西：强杀、两台机器、满盘、坏文件（ARGS=--long 更久）/ try to lose something
	@$(BIN)/python -m bench.reliability $(ARGS)

shots: $(READY)  ## 把各个画面存成图片 / screenshots into shots/
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench.shots $(ARGS)

package:         ## 打成一个文件夹、.tar.xz 和 .deb，放在 dist（root；ARGS=--here 用本机的系统）/ folder, .tar.xz and .deb into dist
	PYTHON=$(PYTHON) .ci/package/make dist $(CHROOT) $(CACHE) $(ARGS)

package-try:     ## 在干净的旧系统里试打好的包（root）/ try the package in bare old systems
	.ci/package/try dist $(SYSTEMS) docs/reports

clean:           ## 删掉生成的东西 / remove what was made
	rm -rf build dist shots .pytest_cache .mypy_cache .ruff_cache
