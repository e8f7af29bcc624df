/*
 * A device of STL/1, level L3 with the option REBOOT: all of the protocol and nothing of a chip. No heap, no stdio.
 * docs/firmware.md tells how to bring it to a board.
 */
#ifndef STL_DEVICE_H
#define STL_DEVICE_H
#include "stl_platform.h"

#ifndef STL_MODEL
#define STL_MODEL "ST-REF" /* 1-7 letters, digits or - */
#endif
#ifndef STL_FIRMWARE
#define STL_FIRMWARE "1.0.0" /* 1-8 letters, digits, . or - */
#endif
#ifndef STL_RATE_MAX
#define STL_RATE_MAX "200" /* Hz, 1-1000 */
#endif
#ifndef STL_DRIFT_PPM
#define STL_DRIFT_PPM "500" /* the most that the board's clock may drift, 1-9999 */
#endif

#define STL_FLAG_LATE 1u
#define STL_FLAG_OUT_OF_RANGE 2u
#define STL_LINE_BYTES 82u    /* the longest line, CR LF included */
#define STL_READING_BYTES 42u /* the longest reading */

/* What the board provides. */
uint32_t board_millis(void);             /* ms from any start; wraps at 2^32 */
uint8_t board_room(void);                /* how many bytes board_send takes now without waiting */
void board_send(char byte);              /* queues a byte */
uint16_t board_next_boot_id(void);       /* another one at each call, over power cycles too */
char board_serial_at(uint8_t index);     /* character 0-35 of a lower-case UUID that stays */
uint16_t board_distance(uint8_t *flags); /* measures; may set STL_FLAG_LATE and STL_FLAG_OUT_OF_RANGE */

/* What the board calls, all from its main loop. At the start; `why` is a STL_TEXT of 1-8 capital letters or digits. */
void stl_start(const char *why, uint16_t seq, uint32_t ticks);
/* With each received byte, but only while board_room() >= STL_LINE_BYTES: an answer must find room. */
void stl_receive(uint8_t byte);
/* At least once per ms, but not while received bytes wait: answers go before readings. */
void stl_poll(void);

#endif
