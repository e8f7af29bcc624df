#include "stl_device.h"

#include <stddef.h>

#define HEARTBEAT_MS 4000u /* the protocol allows 5000 */
#define LINE_MAX (STL_LINE_BYTES - 2u)
#define FLAG_DROPPED_BEFORE 4u

enum { BAD_CRC = '1', BAD_LINE = '2', UNKNOWN = '3', BAD_ARGUMENT = '4' };

static struct {
  uint32_t millis_at_zero; /* board_millis() when ticks were 0 */
  uint32_t due, last_sent; /* ticks */
  uint16_t boot, seq, rate, rest, crc;
  uint8_t flags, length; /* length LINE_MAX + 2 and more: the line is too long */
  char line[LINE_MAX + 2];
} dev;

static uint16_t crc16(uint16_t crc, uint8_t byte);

#ifdef __AVR__
#include <util/crc16.h>
static uint16_t crc16(uint16_t crc, uint8_t byte) { return _crc_xmodem_update(crc, byte); }
#else
static uint16_t crc16(uint16_t crc, uint8_t byte) {
  crc = (uint16_t)(crc ^ (byte << 8));
  for (uint8_t bit = 0; bit < 8; bit++) crc = (uint16_t)((crc << 1) ^ (crc & 0x8000u ? 0x1021u : 0u));
  return crc;
}
#endif

static uint32_t ticks(void) { return board_millis() - dev.millis_at_zero; }

/* ---- Lines out ---- */

static void put(char byte) {
  dev.crc = crc16(dev.crc, (uint8_t)byte);
  board_send(byte);
}

static void put_text(const char *text) {
  for (char byte; (byte = STL_CHAR(text)) != '\0'; text++) put(byte);
}

static void put_word(const char *word) {
  while (*word != '\0') put(*word++);
}

static char hex_digit(uint16_t value) {
  value &= 15u;
  return (char)(value < 10u ? '0' + value : 'A' - 10 + value);
}

static void put_hex(uint16_t value) {
  for (int8_t shift = 12; shift >= 0; shift -= 4) put(hex_digit(value >> shift));
}

static void put_number(uint32_t value) {
  char digits[10];
  uint8_t count = 0;
  do {
    digits[count++] = (char)('0' + value % 10u);
    value /= 10u;
  } while (value > 0);
  while (count > 0) put(digits[--count]);
}

static void begin(const char *text) {
  dev.crc = 0xFFFFu;
  put_text(text);
}

static void begin_event(const char *text) {
  begin(text);
  put_hex(dev.boot);
  put(',');
}

static void begin_answer(const char *text, const char *tag) {
  begin(text);
  put_word(tag);
  put(',');
}

static void end_line(void) {
  const uint16_t crc = dev.crc;
  board_send('*');
  put_hex(crc);
  board_send('\r');
  board_send('\n');
  dev.last_sent = ticks();
}

/* ---- Words in ---- */

/* Ends `text` at the first `at`, and gives what stands behind it, NULL without one. */
static char *cut(char *text, char at) {
  for (; *text != '\0'; text++) {
    if (*text != at) continue;
    *text = '\0';
    return text + 1;
  }
  return NULL;
}

static bool is(const char *word, const char *text) {
  while (*word != '\0' && *word == STL_CHAR(text)) word++, text++;
  return *word == '\0' && STL_CHAR(text) == '\0';
}

/* True for the one spelling of a number from 0 to `max`. Compared as text, because 2^53 - 1 does not fit into 32 bits. */
static bool is_number(const char *word, const char *max) {
  int8_t order = 0;
  if (word == NULL || *word == '\0' || (*word == '0' && word[1] != '\0')) return false;
  for (; *word != '\0'; word++) {
    if (*word < '0' || *word > '9') return false;
    const char limit = STL_CHAR(max);
    if (limit == '\0') return false;
    max++;
    if (order == 0) order = (int8_t)((*word > limit) - (*word < limit));
  }
  return order <= 0 || STL_CHAR(max) != '\0';
}

static uint32_t to_number(const char *word) {
  uint32_t value = 0;
  while (*word != '\0') value = value * 10u + (uint32_t)(*word++ - '0');
  return value;
}

static bool is_tag(const char *word) {
  uint8_t length = 0;
  for (; *word != '\0'; word++, length++) {
    const char letter = (char)(*word | 0x20);
    if (!(*word >= '0' && *word <= '9') && !(letter >= 'a' && letter <= 'z')) return false;
  }
  return length >= 1 && length <= 4;
}

/* ---- Commands ---- */

static void refuse(const char *tag, char code) {
  begin_answer(STL_TEXT("=ERR,"), tag);
  put(code);
  end_line();
}

static void identify(const char *tag) {
  begin_answer(STL_TEXT("=ID,"), tag);
  put_text(STL_TEXT("1,STEDI," STL_MODEL ","));
  for (uint8_t index = 0; index < 36; index++) put(board_serial_at(index));
  put_text(STL_TEXT("," STL_FIRMWARE ","));
  put_hex(dev.boot);
  end_line();
}

static void confirm(const char *tag, const char *verb) {
  begin_answer(STL_TEXT("=OK,"), tag);
  put_text(verb);
}

static void set_rate(uint16_t rate) {
  if (rate != 0 && rate != dev.rate) {
    dev.due = ticks() + 1000u / rate;
    dev.rest = 0;
  }
  dev.rate = rate;
}

static void sync(const char *tag, const char *host_millis, uint32_t rx_ticks) {
  begin_answer(STL_TEXT("=SYNC,"), tag);
  put_word(host_millis);
  put(',');
  put_number(rx_ticks);
  put(',');
  put_number(ticks());
  end_line();
}
