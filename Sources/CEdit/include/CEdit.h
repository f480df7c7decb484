#ifndef CEDIT_H
#define CEDIT_H

/// One line typed at a terminal, with the keys of libedit to correct it; free it. NULL at the end of input.
///
/// Nothing is remembered between lines, and Tab is a character: answers about people are no history, and no file names.
char *cedit_line(void);

#endif
