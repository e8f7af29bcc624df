/*
 * A device of STL/1, level L3 with the option REBOOT: everything of the protocol, nothing of a chip.
 * No heap, no stdio, no interrupts. One device per program. docs/firmware.md tells how to bring it to a board.
 */
#ifndef STL_DEVICE_H
#define STL_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#ifndef STL_MODEL
#define STL_MODEL "ST-REF" /* 1-7 letters, digits or - */
#endif
#ifndef STL_FIRMWARE
#define STL_FIRMWARE "1.0.0" /* 1-8 letters, digits, . or - */
#endif
#ifndef STL_RATE_MAX
#define STL_RATE_MAX "200" /* Hz, 1-1000, as text */
#endif
#ifndef STL_DRIFT_PPM
#define STL_DRIFT_PPM "500" /* what the board's clock keeps at worst, as text */
#endif

#define STL_FLAG_LATE 1u
#define STL_FLAG_OUT_OF_RANGE 2u

/* Room in the transmit buffer that the longest line needs, CR LF included, and the longest reading. */
#define STL_LINE_BYTES 82u
#define STL_READING_BYTES 42u

/* What the board provides. */
uint32_t board_millis(void);              /* ms from any start, wraps at 2^32; whole also with interrupts on */
uint8_t board_room(void);                 /* bytes that board_send takes now without waiting */
void board_send(char byte);               /* queues one byte, within board_room */
uint16_t board_next_boot_id(void);        /* another one at each call, over power cycles too */
char board_serial_at(uint8_t index);      /* character 0-35 of a lower-case UUID that never changes */
uint16_t board_distance(uint8_t *flags);  /* one measurement; may set STL_FLAG_LATE and STL_FLAG_OUT_OF_RANGE */

/* What the board calls, all from one context. `why` is 1-8 upper-case letters or digits, a STL_TEXT. */
void stl_start(const char *why, uint16_t seq, uint32_t ticks);
/* One received byte and the board_millis() of its arrival. Only while board_room() >= STL_LINE_BYTES. */
void stl_receive(uint8_t byte, uint32_t arrived_millis);
/* Sends what is due. At least once per ms, but not while received bytes wait: answers go first. */
void stl_poll(void);

/* Constant text stays in flash where flash is another address space. */
#ifdef __AVR__
#include <avr/pgmspace.h>
#define STL_TEXT(text) PSTR(text)
#define STL_CHAR(at) ((char)pgm_read_byte(at))
#else
#define STL_TEXT(text) (text)
#define STL_CHAR(at) (*(at))
#endif

#endif
