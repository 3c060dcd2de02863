import type { Conversation } from '../../api/types';
import { t } from '../../platform/i18n';
import { del, post, put, reasonOf } from '../../platform/http';
import { keys, queryClient } from '../../platform/queries';
import { createStore } from '../../platform/store';
import { toast, toastProblem } from '../../platform/toasts';

/** What is being moved or linked of the open conversation. */
export const moving = createStore<'merge' | 'link' | 'takeOut' | null>(null);

/** Messages have gone from one conversation to another: whatever shows either is read anew. */
function readAnew(): void {
  for (const queryKey of [keys.lists, ['conversation'], keys.everyMessage, ['events'], keys.counters, keys.customers]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}

export async function undoMoves(id: number, moves: number[]): Promise<void> {
  try {
    for (const move of [...moves].reverse()) await post(`/conversations/${id}/moves/${move}/undo`);
    toast(t('Everything is where it was'));
  } catch (error) {
    toastProblem(t('That could not be undone. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}

const undo = (id: number, moves: number[]) => ({
  action: { label: t('Undo'), chord: 'z', run: () => void undoMoves(id, moves) },
});

export async function merge(kept: number, other: number, otherCustomers: boolean): Promise<boolean> {
  try {
    const { moves } = await post<{ moves: number[] }>(`/conversations/${kept}/merges`, { conversationIds: [other], otherCustomers });
    toast(t('#{other} is now part of #{kept}', { other, kept }), undo(kept, moves));
    return true;
  } catch (error) {
    toastProblem(t('They could not be merged. {reason}', { reason: reasonOf(error) }));
    return false;
  } finally {
    readAnew();
  }
}

/** The new conversation, or null where it was refused. */
export async function takeOut(id: number, messageIds: number[], subject: string): Promise<number | null> {
  try {
    const done = await post<{ move: number; conversation: Conversation }>(`/conversations/${id}/splits`, {
      messageIds,
      subject: subject.trim() || null,
    });
    toast(t('Taken out into #{number}', { number: done.conversation.number }), undo(id, [done.move]));
    return done.conversation.id;
  } catch (error) {
    toastProblem(t('They could not be taken out. {reason}', { reason: reasonOf(error) }));
    return null;
  } finally {
    readAnew();
  }
}

export async function link(id: number, other: number, relation: 'same' | 'continues'): Promise<void> {
  try {
    await put(`/conversations/${id}/links/${other}`, { relation });
    toast(t('Linked with #{other}', { other }), {
      action: { label: t('Undo'), chord: 'z', run: () => void unlink(id, other) },
    });
  } catch (error) {
    toastProblem(t('They could not be linked. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}

export async function unlink(id: number, other: number): Promise<void> {
  try {
    await del(`/conversations/${id}/links/${other}`);
    toast(t('Link removed'));
  } catch (error) {
    toastProblem(t('The link could not be removed. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}
