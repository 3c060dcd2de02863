import { describe, expect, it } from 'vitest';
import { matching } from './PickList';

const pick = (label: string) => ({ id: label, label });
const found = (typed: string, ...labels: string[]) => matching(labels.map(pick), typed).map((each) => each.label);

describe('what is picked by its name', () => {
  it('isFirstWhereItIsCalledJustSo', () => {
    expect(found('sign out', 'Sign out of all others', 'Sign out')).toEqual(['Sign out', 'Sign out of all others']);
  });

  it('thenComesWhatBeginsWithTheText', () => {
    expect(found('out', 'Sign out', 'Out of office')).toEqual(['Out of office', 'Sign out']);
  });

  it('needsEveryWordTyped', () => {
    expect(found('sign in', 'Sign out', 'Settings: Sign-in')).toEqual(['Settings: Sign-in']);
  });
});
