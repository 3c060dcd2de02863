import { t } from '../../platform/i18n';
import { type OperatorName, OPERATORS } from './query';
import classes from './Search.module.css';
import { EXAMPLES, operatorWords } from './wording';

/** All that a search understands; a press puts an operator into the field. */
export default function SearchHelp({ onPick }: { onPick: (operator: OperatorName) => void }) {
  return (
    <div className={classes.help}>
      <p>{t('Words, “a whole phrase”, an address, or #1042. The last word may be unfinished. A minus before anything leaves it out.')}</p>
      <ul className={classes.operators}>
        {(Object.keys(OPERATORS) as OperatorName[]).map((operator) => (
          <li key={operator}>
            <button type="button" className={classes.operator} onClick={() => onPick(operator)}>
              <code>{EXAMPLES[operator]}</code>
              <span>{operatorWords(operator)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
