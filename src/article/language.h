/* language.h - the language of a text, by its script and its commonest words.
 *
 *     "Zwei Menschen sind bei dem Brand verletzt worden"     "de"
 *     "В столице прошли протесты"                            "ru"
 *     "Two hurt."                                            absent: too little to tell
 *
 * Twenty-two languages in Latin letters by data/en/language_words.tsv, the rest by script.
 */
#ifndef CORROB_ARTICLE_LANGUAGE_H
#define CORROB_ARTICLE_LANGUAGE_H

#include "base/str.h"

/* The ISO 639-1 code, or absent when it can't be told. */
struct str language_of(struct str text);

#endif
