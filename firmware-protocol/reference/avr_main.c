/*
 * The reference device on an ATmega328P at 16 MHz, such as an Arduino Uno: USART0, timer 0 and EEPROM.
 *
 * EEPROM: 0-1 boot counter, 2-17 serial number (a UUID as 16 bytes), made at the first start if there is none.
 */
#include "stl_device.h"

#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <stdbool.h>
#include <util/atomic.h>
#include <util/crc16.h>
#include <util/setbaud.h>

#define BOOT_COUNTER ((uint16_t *)0)
#define SERIAL_NUMBER ((uint8_t *)2)

enum { TIMER_PRESCALER = 64, UUID_BYTES = 16, NOISE_SAMPLES = 1024 };
enum { BUFFER_BYTES = 128, BUFFER_MASK = BUFFER_BYTES - 1 }; /* a power of 2 */
enum { BAD_BYTE = 0xFF };                                    /* never part of a command */

/* Written at `head` and read at `tail`; one side is always an interrupt. */
struct buffer {
  volatile uint8_t head, tail;
  uint8_t bytes[BUFFER_BYTES];
};

static struct buffer received, sent;
static volatile uint32_t millis;
static uint16_t salt;

static bool is_empty(const struct buffer *buffer) { return buffer->head == buffer->tail; }

ISR(TIMER0_COMPA_vect) { millis++; }

ISR(USART_RX_vect) {
  const uint8_t status = UCSR0A;
  uint8_t byte = UDR0;
  const uint8_t head = received.head, next = (head + 1) & BUFFER_MASK;
  if (status & (_BV(FE0) | _BV(DOR0))) byte = BAD_BYTE;
  if (next == received.tail) {
    /* What is lost must not leave a command behind that nobody sent: it spoils the byte before it. */
    received.bytes[(head - 1) & BUFFER_MASK] = BAD_BYTE;
    return;
  }
  received.bytes[head] = byte;
  received.head = next;
}

ISR(USART_UDRE_vect) {
  if (is_empty(&sent)) {
    UCSR0B &= (uint8_t)~_BV(UDRIE0);
    return;
  }
  UDR0 = sent.bytes[sent.tail];
  sent.tail = (sent.tail + 1) & BUFFER_MASK;
}

uint32_t board_millis(void) {
  uint32_t now;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = millis; }
  return now;
}

uint8_t board_room(void) { return (uint8_t)(sent.tail - sent.head - 1) & BUFFER_MASK; }

void board_send(char byte) {
  sent.bytes[sent.head] = (uint8_t)byte;
  sent.head = (sent.head + 1) & BUFFER_MASK;
  UCSR0B |= _BV(UDRIE0);
}

uint16_t board_next_boot_id(void) {
  const uint16_t count = eeprom_read_word(BOOT_COUNTER) + 1u;
  eeprom_update_word(BOOT_COUNTER, count);
  /* An odd factor maps 65536 counts to as many ids: no id comes twice before all others were there. */
  return (count * 40503u) ^ salt;
}

char board_serial_at(uint8_t index) {
  if (index == 8 || index == 13 || index == 18 || index == 23) return '-';
  const uint8_t digit = index - (index > 8) - (index > 13) - (index > 18) - (index > 23);
  const uint8_t pair = eeprom_read_byte(SERIAL_NUMBER + digit / 2);
  const uint8_t value = digit % 2 == 0 ? pair >> 4 : pair & 15;
  return value < 10 ? '0' + value : 'a' - 10 + value;
}

/* A person who steps: a random walk between 201 and 300. DISTANCE_ADC reads a sensor at A0 instead. */
uint16_t board_distance(uint8_t *flags) {
#ifdef DISTANCE_ADC
  ADMUX = _BV(REFS0);
  ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
  loop_until_bit_is_clear(ADCSRA, ADSC);
  const uint16_t reading = ADC;
  if (reading == 0 || reading == 1023) *flags |= STL_FLAG_OUT_OF_RANGE;
  return reading;
#else
  static uint16_t walk = 0xACE1u, distance = 250;
  (void)flags;
  walk ^= (uint16_t)(walk << 7);
  walk ^= walk >> 9;
  walk ^= (uint16_t)(walk << 8);
  distance += walk % 7;
  distance -= 3;
  if (distance < 201) distance = 201;
  if (distance > 300) distance = 300;
  return distance;
#endif
}

/*
 * The lowest bits of a converter that runs too fast on an open pin are noise: a UUID of version 4. Not inlined, because
 * the array would then stay on the stack for ever.
 */
__attribute__((noinline)) static void make_serial_number(void) {
  uint8_t noise[UUID_BYTES] = {0};
  uint16_t crc = 0xFFFFu;
  ADMUX = _BV(REFS0);
  for (uint16_t sample = 0; sample < NOISE_SAMPLES; sample++) {
    ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS1);
    loop_until_bit_is_clear(ADCSRA, ADSC);
    crc = _crc_xmodem_update(crc, ADCL);
    crc = _crc_xmodem_update(crc, ADCH);
    noise[sample % UUID_BYTES] ^= (uint8_t)crc;
  }
  ADCSRA = 0;
  noise[6] = (noise[6] & 0x0F) | 0x40;
  noise[8] = (noise[8] & 0x3F) | 0x80;
  eeprom_update_block(noise, SERIAL_NUMBER, UUID_BYTES);
}

static bool has_serial_number(void) {
  for (uint8_t at = 0; at < UUID_BYTES; at++)
    if (eeprom_read_byte(SERIAL_NUMBER + at) != 0xFF) return true;
  return false;
}

static void begin(void) {
  TCCR0A = _BV(WGM01);
  OCR0A = F_CPU / TIMER_PRESCALER / 1000 - 1;
  TCCR0B = _BV(CS01) | _BV(CS00);
  TIMSK0 = _BV(OCIE0A);
  UBRR0 = UBRR_VALUE;
  UCSR0A = USE_2X ? _BV(U2X0) : 0;
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
  if (!has_serial_number()) make_serial_number();
  for (uint8_t at = 0; at < UUID_BYTES; at++) salt = _crc_xmodem_update(salt, eeprom_read_byte(SERIAL_NUMBER + at));
  set_sleep_mode(SLEEP_MODE_IDLE);
  sei();
}

int main(void) {
  const uint8_t cause = MCUSR;
  MCUSR = 0;
  wdt_disable();
  begin();
  if (cause & _BV(PORF)) stl_start(STL_TEXT("PWR"), 0, 0);
  else if (cause & _BV(WDRF)) stl_start(STL_TEXT("WDT"), 0, 0);
  else if (cause & _BV(BORF)) stl_start(STL_TEXT("BRN"), 0, 0);
  else stl_start(STL_TEXT("RST"), 0, 0);
  for (;;) {
    while (!is_empty(&received) && board_room() >= STL_LINE_BYTES) {
      const uint8_t byte = received.bytes[received.tail];
      received.tail = (received.tail + 1) & BUFFER_MASK;
      stl_receive(byte);
    }
    if (is_empty(&received)) stl_poll();
    cli();
    if (is_empty(&received) || board_room() < STL_LINE_BYTES) {
      sleep_enable();
      sei(); /* takes effect behind the next instruction: no interrupt can get in before the sleep */
      sleep_cpu();
      sleep_disable();
    }
    sei();
  }
}
