# A thin front: the presets are in CMakePresets.json, the scripts in tools/.
all: ; tools/build release
dev: ; tools/build dev
test check: ; ./check
lint: ; git ls-files 'src/*.c' | xargs clang-tidy --quiet -p build/dev
format: ; git ls-files '*.c' '*.h' | xargs clang-format -i
fuzz: ; tools/fuzz $(or $(SECONDS),20) $(TARGET)
coverage: ; tools/build coverage && tools/run-tests build/coverage && gcovr -r . --filter src/ build/coverage
kills: ; tools/kills $(or $(COUNT),500) ./corrob
clean: ; rm -rf build corrob
.PHONY: all dev test check lint format fuzz coverage kills clean
