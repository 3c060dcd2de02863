import type { ConversationEvent } from '../../api/types';
import { t } from '../../platform/i18n';
import { useSession } from '../../staff/session';
import { useOpenId } from '../useListing';
import classes from './Moves.module.css';
import { undoMoves } from './moves';

/** Beside the line that tells of a merge or a split, for as long as that can be undone. */
export function UndoMove({ event }: { event: ConversationEvent }) {
  const { may } = useSession();
  const id = useOpenId();
  const move = event.detail.undoableMove;
  if (move === null || move === undefined || id === null || !may('conversations:change')) return null;
  return (
    <button type="button" className={classes.undo} onClick={() => void undoMoves(id, [move])}>
      {t('Undo')}
    </button>
  );
}
