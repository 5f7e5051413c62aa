/* member.h - members of a parsed situation, absent ones as absent strings. */
#ifndef CORROB_EXPORT_MEMBER_H
#define CORROB_EXPORT_MEMBER_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/table.h"

/* A corrob.situation/1 of a file ("-": standard input); NULL with *err set when it is
 * none.  json_decref it. */
json_t *situation_load(const char *path, struct err *err);
json_t *situation_parse(struct str bytes, struct err *err);

struct str member_str(const json_t *object, const char *name);
/* object.name.inner */
struct str member_str2(const json_t *object, const char *name, const char *inner);
bool member_true(const json_t *object, const char *name);
/* A bound of an interval; false when it is null or absent. */
bool member_count(const json_t *object, const char *name, int64_t *out);
/* The member of an array of objects with this id, or NULL. */
const json_t *member_by_id(const json_t *array, struct str id);

/* The reports of a situation by their ids. */
struct reports {
    const json_t *list;
    struct table place;
};
struct reports reports_of(struct arena *arena, const json_t *situation);
/* NULL when there is none with this id. */
const json_t *report_by_id(const struct reports *reports, struct str id);
/* Who says what a finding says: "Interior Ministry", or the outlet of its first
 * supporting evidence. */
struct str finding_voice(const struct reports *reports, const json_t *finding);
/* The first supporting evidence, or NULL. */
const json_t *finding_support(const json_t *finding);
/* An outlet's name, its domain, or absent. */
struct str report_outlet(const json_t *report);
/* Bytes of code points from..to of a text. */
struct str points_slice(struct str text, int64_t from, int64_t to);

#endif
