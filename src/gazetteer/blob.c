/* The bytes of the compiled gazetteer, put into the program by the assembler. */
extern const char gazetteer_blob[], gazetteer_blob_end[];

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".globl gazetteer_blob\n"
        ".hidden gazetteer_blob\n"
        "gazetteer_blob:\n"
        ".incbin \"" GAZETTEER_FILE "\"\n"
        ".globl gazetteer_blob_end\n"
        ".hidden gazetteer_blob_end\n"
        "gazetteer_blob_end:\n"
        ".byte 0\n"
        ".previous\n");
