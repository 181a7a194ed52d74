/* A shared library needs a source to be linked at all; this one has its code in
 * the archive. */
typedef int logitude_empty;
