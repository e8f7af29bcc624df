#include "stl_device.h"
#include "stl_platform.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum { HEARTBEAT_MS = 4000, FLAG_DROPPED_BEFORE = 4, TEXT_MAX = STL_LINE_BYTES - 2 };
enum { DONE = 0, BAD_CRC = '1', BAD_LINE = '2', UNKNOWN = '3', BAD_ARGUMENT = '4' };

static struct {
  uint32_t zero;           /* board_millis() when ticks were 0 */
  uint32_t due, last_sent; /* ticks of the next reading and of the last line */
  uint16_t boot, seq, crc;
  uint16_t rate, rest; /* readings per second; what is left of 1000 ms divided by them */
  uint8_t dropped, length;
  char line[TEXT_MAX + 2]; /* the text, its CR, and a byte that only too long lines reach */
} dev;

static uint32_t ticks(void) { return board_millis() - dev.zero; }

static void put(char byte) {
  dev.crc = stl_crc16(dev.crc, (uint8_t)byte);
  board_send(byte);
}

static void put_number(uint32_t value) {
  char digits[10];
  uint8_t count = 0;
  do digits[count++] = (char)('0' + value % 10u);
  while ((value /= 10u) > 0);
  while (count > 0) put(digits[--count]);
}

static char first_hex_digit(uint16_t value) {
  const uint8_t digit = (uint8_t)(value >> 12);
  return (char)(digit < 10 ? '0' + digit : 'A' - 10 + digit);
}

static void put_hex(uint16_t value) {
  for (uint8_t count = 0; count < 4; count++, value = (uint16_t)(value << 4)) put(first_hex_digit(value));
}

static void put_value(char type, va_list *values) {
  if (type == 'c') put((char)va_arg(*values, int));
  if (type == 'n') put_number(va_arg(*values, uint32_t));
  if (type == 's') for (const char *at = va_arg(*values, const char *); *at != '\0'; at++) put(*at);
  if (type == 'u') for (uint8_t at = 0; at < 36; at++) put(board_serial_at(at));
  if (type == 'x') put_hex((uint16_t)va_arg(*values, unsigned));
}

/* Sends a line with %c a character, %n a uint32_t, %s a word, %u the serial number, %x four hexadecimal digits. */
static char send_line(const char *format, ...) {
  va_list values;
  va_start(values, format);
  dev.crc = 0xFFFFu;
  for (; STL_CHAR(format) != '\0'; format++) {
    if (STL_CHAR(format) == '%') put_value(STL_CHAR(++format), &values);
    else put(STL_CHAR(format));
  }
  va_end(values);
  const uint16_t crc = dev.crc;
  put('*');
  put_hex(crc);
  put('\r');
  put('\n');
  dev.last_sent = ticks();
  return DONE;
}

/* Ends `text` at the first `at` and gives what is behind it; NULL if there is none. */
static char *cut(char *text, char at) {
  while (*text != '\0' && *text != at) text++;
  if (*text == '\0') return NULL;
  *text = '\0';
  return text + 1;
}

static bool is(const char *word, const char *text) {
  for (; *word != '\0' && *word == STL_CHAR(text); word++) text++;
  return *word == STL_CHAR(text);
}

/* Whether `word` is the one spelling of a number up to `max`. Compared as text: 2^53 - 1 is more than 32 bits hold. */
static bool is_number(const char *word, const char *max) {
  char order = '=';
  if (word == NULL || *word == '\0' || (*word == '0' && word[1] != '\0')) return false;
  for (; *word != '\0'; word++, max++) {
    if (*word < '0' || *word > '9' || STL_CHAR(max) == '\0') return false;
    if (order == '=' && *word != STL_CHAR(max)) order = *word < STL_CHAR(max) ? '<' : '>';
  }
  return order != '>' || STL_CHAR(max) != '\0';
}

static uint32_t to_number(const char *word) {
  uint32_t value = 0;
  while (*word != '\0') value = value * 10u + (uint32_t)(*word++ - '0');
  return value;
}

static bool is_tag(const char *word) {
  uint8_t length = 0;
  for (; word[length] != '\0'; length++) {
    const char lower = (char)(word[length] | 0x20);
    if ((lower < 'a' || lower > 'z') && (word[length] < '0' || word[length] > '9')) return false;
  }
  return length >= 1 && length <= 4;
}

static void plan_next_reading(void) {
  dev.rest = (uint16_t)(dev.rest + 1000u);
  dev.due += dev.rest / dev.rate;
  dev.rest %= dev.rate;
}

static void set_rate(uint16_t rate) {
  const bool changed = rate != dev.rate;
  dev.rate = rate;
  if (rate == 0 || !changed) return;
  dev.due = ticks();
  dev.rest = 0;
  plan_next_reading();
}

/* Carries out a command and answers it; or gives the number of its error, and has changed nothing. */
static char carry_out(const char *tag, const char *verb, char *argument, uint32_t rx_ticks) {
  const char *const second = argument == NULL ? NULL : cut(argument, ' ');
  if (is(verb, STL_TEXT("START"))) {
    if (second != NULL || !is_number(argument, STL_TEXT(STL_RATE_MAX)) || *argument == '0') return BAD_ARGUMENT;
    set_rate((uint16_t)to_number(argument));
    return send_line(STL_TEXT("=OK,%s,START,%s"), tag, argument);
  }
  if (is(verb, STL_TEXT("SYNC"))) {
    if (second != NULL || !is_number(argument, STL_TEXT("9007199254740991"))) return BAD_ARGUMENT;
    return send_line(STL_TEXT("=SYNC,%s,%s,%n,%n"), tag, argument, rx_ticks, ticks());
  }
  if (is(verb, STL_TEXT("REBOOT"))) {
    if (!is_number(argument, STL_TEXT("65535")) || !is_number(second, STL_TEXT("4294967295"))) return BAD_ARGUMENT;
    send_line(STL_TEXT("=OK,%s,REBOOT,"), tag);
    stl_start("TEST", (uint16_t)to_number(argument), to_number(second));
    return DONE;
  }
  if (is(verb, STL_TEXT("STOP"))) {
    if (argument != NULL) return BAD_ARGUMENT;
    set_rate(0);
    return send_line(STL_TEXT("=OK,%s,STOP,%n"), tag, (uint32_t)dev.seq);
  }
  const char *format = NULL;
  if (is(verb, STL_TEXT("ID?"))) format = STL_TEXT("=ID,%s,1,STEDI," STL_MODEL ",%u," STL_FIRMWARE ",%x");
  if (is(verb, STL_TEXT("CAPS?"))) format = STL_TEXT("=CAPS,%s,R" STL_RATE_MAX ",SYNC+REBOOT+PPM" STL_DRIFT_PPM);
  if (is(verb, STL_TEXT("PING"))) format = STL_TEXT("=OK,%s,PING,");
  if (format == NULL) return UNKNOWN;
  return argument == NULL ? send_line(format, tag, dev.boot) : BAD_ARGUMENT;
}

/* Checks the bytes and the CRC of a line, if it has one, and leaves what is in front of the CRC. */
static char check(char *line, uint8_t length) {
  uint16_t crc = 0xFFFFu, crc_of_text = 0;
  char *star = NULL;
  if (length > TEXT_MAX) return BAD_LINE;
  line[length] = '\0';
  for (char *at = line; at < line + length; crc = stl_crc16(crc, (uint8_t)*at++)) {
    if (*at < ' ' || *at > '~') return BAD_LINE;
    if (*at == '*') star = at, crc_of_text = crc;
  }
  if (star == NULL) return DONE;
  *star = '\0';
  for (uint8_t count = 0; count < 4; count++, crc_of_text = (uint16_t)(crc_of_text << 4)) {
    if (*++star != first_hex_digit(crc_of_text)) return BAD_CRC;
  }
  return star[1] == '\0' ? DONE : BAD_CRC;
}

static void answer(char *line, uint8_t length, uint32_t rx_ticks) {
  const char *tag = "";
  char *verb = line, code = check(line, length);
  if (code == DONE && *line == '@') {
    verb = cut(line, ' ');
    if (verb != NULL && is_tag(line + 1)) tag = line + 1;
    else code = BAD_ARGUMENT;
  }
  if (code == DONE) code = carry_out(tag, verb, cut(verb, ' '), rx_ticks);
  if (code != DONE) send_line(STL_TEXT("=ERR,%s,%c"), tag, code);
}

void stl_receive(uint8_t byte, uint32_t arrival_millis) {
  uint8_t length = dev.length;
  if (byte != '\n') {
    if (length < sizeof dev.line) dev.line[dev.length++] = (char)byte;
    return;
  }
  dev.length = 0;
  if (length > 0 && dev.line[length - 1] == '\r') length--;
  if (length > 0) answer(dev.line, length, arrival_millis - dev.zero);
}

void stl_poll(void) {
  const uint32_t now = ticks();
  if (dev.rate != 0 && now - dev.due < 0x80000000u) {
    plan_next_reading();
    if (board_room() >= STL_READING_BYTES) {
      uint8_t flags = dev.dropped;
      const uint32_t distance = board_distance(&flags);
      send_line(STL_TEXT("$R,%x,%n,%n,%n,%n"), dev.boot, (uint32_t)dev.seq, now, distance, (uint32_t)flags);
      dev.dropped = 0;
    } else {
      dev.dropped = FLAG_DROPPED_BEFORE;
    }
    dev.seq++;
  } else if (now - dev.last_sent >= HEARTBEAT_MS && board_room() >= STL_LINE_BYTES) {
    send_line(STL_TEXT("!HB,%x,%n"), dev.boot, now);
  }
}

void stl_start(const char *why, uint16_t seq, uint32_t ticks_at_start) {
  dev.boot = board_next_boot_id();
  dev.zero = board_millis() - ticks_at_start;
  dev.seq = seq;
  dev.rate = 0;
  dev.dropped = dev.length = 0;
  send_line(STL_TEXT("!BOOT,%x,%s"), dev.boot, why);
}
