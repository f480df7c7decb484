#include "CEdit.h"

#include <locale.h>
#include <stdio.h>

#include <editline/readline.h>

char *cedit_line(void) {
  static int is_ready = 0;
  if (!is_ready) {
    setlocale(LC_CTYPE, "C.UTF-8"); /* letters of more than one byte are one letter for the keys */
    rl_instream = stdin;
    rl_outstream = stderr; /* talk, as the questions are; results go to standard output */
    rl_initialize();
    rl_bind_key('\t', rl_insert);
    is_ready = 1;
  }
  return readline("");
}
