#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

#include "cli/options_int.h"
#include "corrob.h"

/* ---- man ---- */

/* Text of roff: a hyphen is a minus, a backslash is doubled, no line begins a request. */
static void put_roff(const char *s)
{
    bool opens = true;

    for (; *s; s++) {
        if (opens && (*s == '.' || *s == '\''))
            fputs("\\&", stdout);
        opens = *s == '\n';
        if (*s == '-')
            fputs("\\-", stdout);
        else if (*s == '\\')
            fputs("\\e", stdout);
        else
            putchar(*s);
    }
}

static void man_command(enum command command)
{
    const struct command_help *c = command_at(command);
    struct option_help o;

    printf(".SS corrob %s ", c->name);
    put_roff(c->synopsis);
    putchar('\n');
    put_roff(c->does);
    puts(".");
    for (size_t i = 0; option_at(i, &o); i++) {
        if (!(o.on & 1u << command))
            continue;
        fputs(".TP\n.B ", stdout);
        if (o.letter) {
            printf("\\-%s", o.letter);
            fputs(", ", stdout);
        }
        fputs("\\-\\-", stdout);
        put_roff(o.name);
        if (o.value)
            printf(" \\fI%s\\fR", o.value);
        putchar('\n');
        put_roff(o.help);
        putchar('\n');
    }
    fputs(".PP\n.nf\n", stdout);
    put_roff(c->examples);
    fputs(".fi\n", stdout);
}

static void man(void)
{
    puts(
        ".TH CORROB 1 \"\" \"corrob " CORROB_VERSION "\" \"User commands\"\n"
        ".SH NAME\n"
        "corrob \\- what news reports say, by whom, where accounts agree and conflict\n"
        ".SH SYNOPSIS\n"
        ".B corrob\n"
        "\\fICOMMAND\\fR [\\fIOPTION\\fR...] \\fIINPUT\\fR...\n"
        ".SH DESCRIPTION\n"
        "Reads news reports on the same events and writes down what is reported, by\n"
        "whom, and where accounts agree or conflict, each statement tied to the\n"
        "sentence that it came from. Nothing is judged true.\n"
        "An input is a file, a folder or \\- (standard input).\n"
        ".SH COMMANDS");
    for (enum command c = 0; c < COMMANDS; c++)
        man_command(c);
    puts(".SH EXIT STATUS");
    put_roff(exit_codes);
}

/* ---- completions ---- */

static void put_names(enum command command, const char *between)
{
    struct option_help o;

    for (size_t i = 0; option_at(i, &o); i++)
        if (o.on & 1u << command)
            printf("--%s%s", o.name, between);
}

static void bash(void)
{
    puts("# bash completion for corrob\n"
         "_corrob() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "    if [ \"$COMP_CWORD\" = 1 ]; then");
    fputs("        words=\"", stdout);
    for (enum command c = 0; c < COMMANDS; c++)
        printf("%s ", command_at(c)->name);
    puts("--help --version\"\n"
         "    else\n"
         "        case ${COMP_WORDS[1]} in");
    for (enum command c = 0; c < COMMANDS; c++) {
        printf("        %s) words=\"", command_at(c)->name);
        put_names(c, " ");
        puts("\" ;;");
    }
    puts("        esac\n"
         "    fi\n"
         "    case $word in\n"
         "    -*) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\") ;;\n"
         "    *) [ \"$COMP_CWORD\" != 1 ] || mapfile -t COMPREPLY < <(compgen -W "
         "\"$words\" -- \"$word\") ;;\n"
         "    esac\n"
         "}\n"
         "complete -o default -F _corrob corrob");
}

/* In single quotes a single quote is '\''; zsh's own marks are left out. */
static void put_quoted(const char *s)
{
    for (; *s; s++) {
        if (*s == '\'')
            fputs("'\\''", stdout);
        else if (!strchr("[]:", *s))
            putchar(*s);
    }
}

static void zsh_command(enum command command)
{
    struct option_help o;

    printf("    %s)\n        _arguments", command_at(command)->name);
    for (size_t i = 0; option_at(i, &o); i++) {
        if (!(o.on & 1u << command))
            continue;
        printf(" \\\n            '--%s%s[", o.name, o.value ? "=" : "");
        put_quoted(o.help);
        printf("]%s%s%s'", o.value ? ":" : "", o.value ? o.value : "",
               o.value ? ":_files" : "");
    }
    puts(" \\\n            '*:input:_files' ;;");
}

static void zsh(void)
{
    puts("#compdef corrob\n"
         "_corrob() {\n"
         "    local -a commands=(");
    for (enum command c = 0; c < COMMANDS; c++) {
        printf("        '%s:", command_at(c)->name);
        put_quoted(command_at(c)->does);
        puts("'");
    }
    puts("    )\n"
         "    if (( CURRENT == 2 )); then\n"
         "        _describe command commands\n"
         "        return\n"
         "    fi\n"
         "    local command=$words[2]\n"
         "    shift words\n"
         "    (( CURRENT-- ))\n"
         "    case $command in");
    for (enum command c = 0; c < COMMANDS; c++)
        zsh_command(c);
    puts("    esac\n"
         "}\n"
         "_corrob \"$@\"");
}

static void fish(void)
{
    struct option_help o;

    for (enum command c = 0; c < COMMANDS; c++) {
        const char *name = command_at(c)->name;

        printf("complete -c corrob -n __fish_use_subcommand -a %s -d '", name);
        put_quoted(command_at(c)->does);
        puts("'");
        for (size_t i = 0; option_at(i, &o); i++) {
            if (!(o.on & 1u << c))
                continue;
            printf("complete -c corrob -n '__fish_seen_subcommand_from %s' -l %s%s",
                   name, o.name, o.value ? " -r" : "");
            if (o.letter)
                printf(" -s %s", o.letter);
            fputs(" -d '", stdout);
            put_quoted(o.help);
            puts("'");
        }
    }
}

bool manual_print(const char *what)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } forms[] = { { "man", man }, { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(what, forms[i].name) == 0) {
            forms[i].print();
            return true;
        }
    return false;
}
