#include "model/layer.h"

#include <math.h>

/* Loops over floats gain much from wide registers. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#    define VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#    define VECTORISED
#endif

#define ALWAYS __attribute__((always_inline))
#define NORM_EPSILON 1e-5f

void linear_forward(const struct sgemm *g, const struct param *w, const struct param *b,
                    size_t rows, const float *x, float *y)
{
    size_t in = w->columns, out = w->rows;

    for (size_t r = 0; b != NULL && r < rows; r++)
        memcpy(y + r * out, b->w, out * sizeof *y);
    sgemm(g, rows, out, in, (struct factors){ { x, in, 1 }, { w->use, 1, in } },
          (struct result){ y, out, b != NULL });
}

VECTORISED void linear_backward(const struct sgemm *g, struct param *w, struct param *b,
                                size_t rows, const float *x, struct gradient d)
{
    size_t in = w->columns, out = w->rows;
    const float *dy = d.dy;

    sgemm(g, out, in, rows, (struct factors){ { dy, 1, out }, { x, in, 1 } },
          (struct result){ w->grad, in, true });
    for (size_t r = 0; b != NULL && r < rows; r++)
        for (size_t i = 0; i < out; i++)
            b->grad[i] += dy[r * out + i];
    if (d.dx != NULL)
        sgemm(g, rows, in, out, (struct factors){ { dy, out, 1 }, { w->use, in, 1 } },
              (struct result){ d.dx, in, d.add });
}

/* e^x by 2^n times a polynomial, good to 2e-7. */
#define EXP_POLYNOMIAL(f)                                                     \
    ((((((1.5403530e-4f * (f) + 1.3333558e-3f) * (f) + 9.6181291e-3f) * (f) + \
        5.5504109e-2f) *                                                      \
           (f) +                                                              \
       2.4022651e-1f) *                                                       \
          (f) +                                                               \
      6.9314718e-1f) *                                                        \
         (f) +                                                                \
     1)

static inline ALWAYS float exp_inline(float x)
{
    float t = x * 1.44269504f, n, f;
    int32_t bits;

    t = t < -126 ? -126 : t > 126 ? 126 : t;
    n = (float)(int32_t)(t + (t < 0 ? -0.5f : 0.5f));
    f = t - n;
    bits = ((int32_t)n + 127) << 23;
    memcpy(&t, &bits, sizeof t);
    return EXP_POLYNOMIAL(f) * t;
}

/* Sixteen numbers at a time; compilers split them as the processor needs. */
typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t int_lanes __attribute__((vector_size(64)));
#define LANES 16

#define EXP_LANES(x, result)                                     \
    do {                                                         \
        lanes t_ = (x)*1.44269504f, n_, f_;                      \
        int_lanes i_, low_ = t_<-126, high_ = t_> 126;           \
        t_ = (lanes)(((int_lanes)t_ & ~(low_ | high_)) |         \
                     (low_ & (int_lanes)((lanes){ 0 } - 126)) |  \
                     (high_ & (int_lanes)((lanes){ 0 } + 126))); \
        i_ = __builtin_convertvector(t_ + 127.5f, int_lanes);    \
        n_ = __builtin_convertvector(i_, lanes) - 127;           \
        f_ = t_ - n_;                                            \
        (result) = EXP_POLYNOMIAL(f_) * (lanes)(i_ << 23);       \
    } while (0)

static inline ALWAYS void sigmoid_row(size_t n, const float *x, float *y)
{
    size_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        lanes e, v = -*(const lanes *)(const void *)(x + i);

        EXP_LANES(v, e);
        *(lanes *)(void *)(y + i) = 1 / (1 + e);
    }
    for (; i < n; i++)
        y[i] = 1 / (1 + exp_inline(-x[i]));
}

static inline ALWAYS void exp_row(size_t n, const float *x, float minus, float *y)
{
    size_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        lanes e, v = *(const lanes *)(const void *)(x + i) - minus;

        EXP_LANES(v, e);
        *(lanes *)(void *)(y + i) = e;
    }
    for (; i < n; i++)
        y[i] = exp_inline(x[i] - minus);
}

#define WIDTH_MAX 1024

VECTORISED void glu_forward(size_t rows, size_t width, const float *z, float *y)
{
    float s[WIDTH_MAX];

    for (size_t r = 0; r < rows; r++, z += 2 * width, y += width) {
        sigmoid_row(width, z + width, s);
        for (size_t i = 0; i < width; i++)
            y[i] = z[i] * s[i];
    }
}

VECTORISED void glu_backward(size_t rows, size_t width, const float *z, const float *dy,
                             float *dz)
{
    float s[WIDTH_MAX];

    for (size_t r = 0; r < rows; r++, z += 2 * width, dy += width, dz += 2 * width) {
        sigmoid_row(width, z + width, s);
        for (size_t i = 0; i < width; i++) {
            dz[i] = dy[i] * s[i];
            dz[width + i] = dy[i] * z[i] * s[i] * (1 - s[i]);
        }
    }
}

VECTORISED void norm_forward(size_t rows, const struct param *gain,
                             const struct param *bias, float *x, float *scale, float *y)
{
    size_t width = gain->columns;

    for (size_t r = 0; r < rows; r++, x += width, y += width) {
        float sum = 0, square = 0, mean;

        for (size_t i = 0; i < width; i++)
            sum += x[i];
        mean = sum / (float)width;
        for (size_t i = 0; i < width; i++)
            square += (x[i] - mean) * (x[i] - mean);
        scale[r] = 1 / sqrtf(square / (float)width + NORM_EPSILON);
        for (size_t i = 0; i < width; i++) {
            x[i] = (x[i] - mean) * scale[r];
            y[i] = x[i] * gain->w[i] + bias->w[i];
        }
    }
}

VECTORISED void norm_backward(size_t rows, struct param *gain, struct param *bias,
                              struct normed of, const float *dy, float *dx)
{
    size_t width = gain->columns;
    const float *x = of.x;

    for (size_t r = 0; r < rows; r++, x += width, dy += width, dx += width) {
        float sum = 0, along = 0;

        for (size_t i = 0; i < width; i++) {
            gain->grad[i] += dy[i] * x[i];
            bias->grad[i] += dy[i];
            dx[i] = dy[i] * gain->w[i];
            sum += dx[i];
            along += dx[i] * x[i];
        }
        sum /= (float)width;
        along /= (float)width;
        for (size_t i = 0; i < width; i++)
            dx[i] = (dx[i] - sum - x[i] * along) * of.scale[r];
    }
}

void window_forward(const struct sentences *s, size_t width, uint32_t gap,
                    const float *x, float *y)
{
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t t = s->first[i]; t < s->first[i + 1]; t++, y += 3 * width) {
            memset(y, 0, 3 * width * sizeof *y);
            if (t >= s->first[i] + gap)
                memcpy(y, x + (t - gap) * width, width * sizeof *y);
            memcpy(y + width, x + t * width, width * sizeof *y);
            if (t + gap < s->first[i + 1])
                memcpy(y + 2 * width, x + (t + gap) * width, width * sizeof *y);
        }
}

static inline ALWAYS void add_row(size_t n, const float *from, float *to)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

VECTORISED void window_backward(const struct sentences *s, size_t width, uint32_t gap,
                                const float *dy, float *dx)
{
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t t = s->first[i]; t < s->first[i + 1]; t++, dy += 3 * width) {
            if (t >= s->first[i] + gap)
                add_row(width, dy, dx + (t - gap) * width);
            add_row(width, dy + width, dx + t * width);
            if (t + gap < s->first[i + 1])
                add_row(width, dy + 2 * width, dx + (t + gap) * width);
        }
}

/* The channels of a word that are read in one direction. */
struct half {
    size_t width, from, to;
};

/* One word's channels, given the state of the word read before it (NULL: none). */
static inline ALWAYS void scan_word(struct half h, float *z, const float *before,
                                    float *c, float *y)
{
    size_t width = h.width, from = h.from, to = h.to;
    float *f = z + width, *r = z + 2 * width;

    sigmoid_row(to - from, f + from, f + from);
    sigmoid_row(to - from, r + from, r + from);
    for (size_t i = from; i < to; i++) {
        c[i] = (before ? f[i] * before[i] : 0) + (1 - f[i]) * z[i];
        y[i] = r[i] * c[i];
    }
}

VECTORISED void scan_forward(const struct sentences *s, size_t width, float *z,
                             float *c, float *y)
{
    size_t half = width / 2;

    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t first = s->first[i], end = s->first[i + 1];

        for (uint32_t t = first; t < end; t++)
            scan_word((struct half){ width, 0, half }, z + t * 3 * width,
                      t > first ? c + (t - 1) * width : NULL, c + t * width,
                      y + t * width);
        for (uint32_t t = end; t-- > first;)
            scan_word((struct half){ width, half, width }, z + t * 3 * width,
                      t + 1 < end ? c + (t + 1) * width : NULL, c + t * width,
                      y + t * width);
    }
}

struct states {
    const float *before, *now; /* before: NULL at the first word */
};

/* carry: the gradient of this word's state by the words read after it; becomes that of
 * the word before. */
static inline ALWAYS void scan_word_back(struct half h, const float *z, struct states s,
                                         const float *dy, float *carry, float *dz)
{
    const float *before = s.before, *c = s.now;
    size_t width = h.width;

    for (size_t i = h.from; i < h.to; i++) {
        float f = z[width + i], r = z[2 * width + i];
        float dc = dy[i] * r + carry[i], old = before ? before[i] : 0;

        dz[2 * width + i] = dy[i] * c[i] * r * (1 - r);
        dz[width + i] = dc * (old - z[i]) * f * (1 - f);
        dz[i] = dc * (1 - f);
        carry[i] = dc * f;
    }
}

VECTORISED void scan_backward(const struct sentences *s, size_t width, const float *z,
                              const float *c, const float *dy, float *dz)
{
    float carry[WIDTH_MAX];
    size_t half = width / 2;

    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t first = s->first[i], end = s->first[i + 1];

        memset(carry, 0, width * sizeof *carry);
        for (uint32_t t = end; t-- > first;)
            scan_word_back((struct half){ width, 0, half }, z + t * 3 * width,
                           (struct states){ t > first ? c + (t - 1) * width : NULL,
                                            c + t * width },
                           dy + t * width, carry, dz + t * 3 * width);
        for (uint32_t t = first; t < end; t++)
            scan_word_back((struct half){ width, half, width }, z + t * 3 * width,
                           (struct states){ t + 1 < end ? c + (t + 1) * width : NULL,
                                            c + t * width },
                           dy + t * width, carry, dz + t * 3 * width);
    }
}

void dropout_mask(struct random *random, float rate, size_t n, float *mask)
{
    uint32_t limit = (uint32_t)(rate * 256 + 0.5f);
    float keep = 256 / (256 - (float)limit);

    for (size_t i = 0; i < n; i += 8) {
        uint64_t bits = random_next(random);

        for (size_t j = i; j < n && j < i + 8; j++, bits >>= 8)
            mask[j] = (bits & 0xff) < limit ? 0 : keep;
    }
}

VECTORISED void multiply(size_t n, const float *mask, float *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] *= mask[i];
}

VECTORISED float softmax_loss(size_t n, const float *z, struct answer right,
                              float scale, float *dz)
{
    float greatest = z[0], sum = 0, good = 1e-30f, loss = 0;
    float taught = right.taught == NULL ? 0 : right.allowed == NULL ? 1 : 0.5f;
    float known = right.allowed ? 1 - taught : 0;

    for (size_t i = 1; i < n; i++)
        greatest = z[i] > greatest ? z[i] : greatest;
    exp_row(n, z, greatest, dz);
    for (size_t i = 0; i < n; i++) {
        sum += dz[i];
        good += known > 0 && right.allowed[i] ? dz[i] : 0;
    }
    if (known > 0)
        loss = known * logf(sum / good);
    greatest += logf(sum);
    for (size_t i = 0; i < n; i++) {
        float q = dz[i] / sum, p = taught > 0 ? (float)right.taught[i] / TAUGHT_ONE : 0;

        loss += taught * p * (greatest - z[i]);
        dz[i] =
            scale * (taught * (q - p) +
                     known * (q - (known > 0 && right.allowed[i] ? dz[i] / good : 0)));
    }
    return loss;
}
