import { expect, it } from 'vitest';
import {
  fleetText,
  phaseText,
  phoneText,
  serialTail,
} from '../../../../dashboard/page/words/conditions.ts';
import type { PhoneState, TrainerState } from '../../../../dashboard/api.ts';

const PHONE: PhoneState = {
  person: 0,
  isConnected: true,
  isStreaming: true,
  samples: 0,
  clockOffMs: 0,
  isConsenting: true,
};

function trainer(condition: TrainerState['condition']): TrainerState {
  return { station: 0, condition, serialNumber: undefined, person: undefined, readings: 0 };
}

it('calls a running world that stands still paused', () => {
  expect(phaseText({ phase: 'running', isPaused: false })).toBe('Live');
  expect(phaseText({ phase: 'running', isPaused: true })).toBe('Paused');
  expect(phaseText({ phase: 'ended', isPaused: true })).toBe('Over');
});

it('says what a phone does', () => {
  expect(phoneText(undefined)).toBe('no phone');
  expect(phoneText({ ...PHONE, isConnected: false })).toBe('phone offline');
  expect(phoneText(PHONE)).toBe('phone streaming');
  expect(phoneText({ ...PHONE, isStreaming: false })).toBe('phone idle');
});

it('shows the end of a serial number', () => {
  expect(serialTail('5f0c7e1a-0000-4000-8000-00000000a3f0')).toBe('box …a3f0');
  expect(serialTail(undefined)).toBe('no box');
});

it('sums up a fleet, the usual first', () => {
  expect(fleetText([])).toBe('no trainers yet');
  const fleet = ['unplugged', 'measuring', 'measuring', 'away'] as const;
  expect(fleetText(fleet.map(trainer))).toBe('2 measuring, 1 nobody there, 1 unplugged');
});
