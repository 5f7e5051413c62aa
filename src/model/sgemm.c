#include "model/sgemm.h"

#define ROWS_MAX 16
#define COLUMNS_MAX 32

#if defined(__x86_64__)
#    include <immintrin.h>

/* clang-format off */
/* A tile of ROWS x 2 LANES, its sums in registers.  CALL(f): the intrinsic f of the width,
 * for which the compiler has no operator of its own. */
#    define TILE(name, features, ROWS, LANES, VECTOR, CALL)                            \
        __attribute__((target(features))) static void name(                            \
            size_t k, struct operand a, const float *b, bool add, float *c,            \
            size_t c_row)                                                              \
        {                                                                              \
            VECTOR sum[ROWS][2];                                                       \
                                                                                       \
            _Pragma("GCC unroll 12") for (size_t i = 0; i < ROWS; i++) sum[i][0] =     \
                sum[i][1] = CALL(setzero_ps)();                                        \
            for (; k > 0; k--, a.at += a.column, b += 2 * LANES) {                     \
                VECTOR b0 = CALL(loadu_ps)(b), b1 = CALL(loadu_ps)(b + LANES);         \
                                                                                       \
                _Pragma("GCC unroll 12") for (size_t i = 0; i < ROWS; i++)             \
                {                                                                      \
                    VECTOR x = CALL(set1_ps)(a.at[i * a.row]);                         \
                                                                                       \
                    sum[i][0] = CALL(fmadd_ps)(x, b0, sum[i][0]);                      \
                    sum[i][1] = CALL(fmadd_ps)(x, b1, sum[i][1]);                      \
                }                                                                      \
            }                                                                          \
            _Pragma("GCC unroll 12") for (size_t i = 0; i < ROWS; i++, c += c_row)     \
            {                                                                          \
                if (add) {                                                             \
                    sum[i][0] = CALL(add_ps)(sum[i][0], CALL(loadu_ps)(c));            \
                    sum[i][1] = CALL(add_ps)(sum[i][1], CALL(loadu_ps)(c + LANES));    \
                }                                                                      \
                CALL(storeu_ps)(c, sum[i][0]);                                         \
                CALL(storeu_ps)(c + LANES, sum[i][1]);                                 \
            }                                                                          \
        }
#    define CALL_512(f) _mm512_##f
#    define CALL_256(f) _mm256_##f
#    define AVX2_FMA "avx2,fma"
TILE(tile_avx512, "avx512f", 12, 16, __m512, CALL_512)
TILE(tile_avx2, AVX2_FMA, 6, 8, __m256, CALL_256)
/* clang-format on */
#endif

/* Tiles of 4 x 8. */
static void tile_plain(size_t k, struct operand a, const float *b, bool add, float *c,
                       size_t c_row)
{
    float sum[4][8] = { { 0 } };

    for (; k > 0; k--, a.at += a.column, b += 8)
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 8; j++)
                sum[i][j] += a.at[i * a.row] * b[j];
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 8; j++)
            c[i * c_row + j] = sum[i][j] + (add ? c[i * c_row + j] : 0);
}

struct sgemm sgemm_new(struct arena *arena)
{
    struct sgemm g = { .run = tile_plain, .rows = 4, .columns = 8 };

#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        g = (struct sgemm){ .run = tile_avx512, .rows = 12, .columns = 32 };
    else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        g = (struct sgemm){ .run = tile_avx2, .rows = 6, .columns = 16 };
#endif
    g.a = NEW(arena, float, SGEMM_DEPTH *ROWS_MAX);
    g.b = NEW(arena, float, (size_t)SGEMM_DEPTH *(SGEMM_COLUMNS + COLUMNS_MAX));
    g.tile = NEW(arena, float, ROWS_MAX *COLUMNS_MAX);
    return g;
}

/* One panel of `have` lines, k steps each, interleaved; what is missing of `width` is 0.
 * x.row leads from line to line, x.column from step to step. */
static void pack_panel(struct operand x, size_t have, size_t k, size_t width,
                       float *restrict out)
{
    if (x.column == 1)
        for (size_t j = 0; j < have; j++)
            for (size_t i = 0; i < k; i++)
                out[i * width + j] = x.at[j * x.row + i];
    else
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j < have; j++)
                out[i * width + j] = x.at[i * x.column + j * x.row];
    for (size_t i = 0; have < width && i < k; i++)
        for (size_t j = have; j < width; j++)
            out[i * width + j] = 0;
}

/* `count` lines in panels of `width`; the columns of B are given as lines. */
static void pack(struct operand x, size_t count, size_t k, size_t width, float *out)
{
    for (size_t first = 0; first < count; first += width) {
        struct operand panel = { x.at + first * x.row, x.row, x.column };

        pack_panel(panel, count - first < width ? count - first : width, k, width,
                   out + first * k);
    }
}

static void store_tile(const struct sgemm *g, size_t rows, size_t columns,
                       struct result c)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            c.at[i * c.row + j] =
                g->tile[i * g->columns + j] + (c.add ? c.at[i * c.row + j] : 0);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The last rows of A, which don't fill a tile, as a copy that does. */
static struct operand filled(const struct sgemm *g, struct operand a, size_t rows,
                             size_t k)
{
    for (size_t i = 0; i < g->rows; i++)
        for (size_t j = 0; j < k; j++)
            g->a[i * SGEMM_DEPTH + j] = i < rows ? a.at[i * a.row + j * a.column] : 0;
    return (struct operand){ g->a, SGEMM_DEPTH, 1 };
}

/* One block of k steps and n columns, which lie packed in g->b. */
static void block(const struct sgemm *g, size_t m, size_t n, size_t k, struct operand a,
                  struct result c)
{
    for (size_t i = 0; i < m; i += g->rows) {
        size_t rows = least(g->rows, m - i);
        struct operand part = { a.at + i * a.row, a.row, a.column };

        if (rows < g->rows)
            part = filled(g, part, rows, k);
        for (size_t j = 0; j < n; j += g->columns) {
            struct result to = { c.at + i * c.row + j, c.row, c.add };

            if (rows == g->rows && n - j >= g->columns) {
                g->run(k, part, g->b + j * k, to.add, to.at, to.row);
                continue;
            }
            g->run(k, part, g->b + j * k, false, g->tile, g->columns);
            store_tile(g, rows, least(g->columns, n - j), to);
        }
    }
}

void sgemm(const struct sgemm *g, size_t m, size_t n, size_t k, struct factors f,
           struct result c)
{
    struct operand a = f.a, b = f.b;

    for (size_t j = 0; j < n; j += SGEMM_COLUMNS)
        for (size_t i = 0; i < k; i += SGEMM_DEPTH) {
            size_t depth = least(SGEMM_DEPTH, k - i),
                   columns = least(SGEMM_COLUMNS, n - j);
            struct operand a_part = { a.at + i * a.column, a.row, a.column };
            struct operand b_part = { b.at + i * b.row + j * b.column, b.column,
                                      b.row };

            pack(b_part, columns, depth, g->columns, g->b);
            block(g, m, columns, depth, a_part,
                  (struct result){ c.at + j, c.row, c.add || i > 0 });
        }
}
