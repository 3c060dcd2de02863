import { useQuery } from '@tanstack/react-query';
import { getBlob } from '../../platform/http';
import { t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import { Trouble } from '../../platform/Trouble';
import { decoded, parseTable } from './csv';
import type { ListedFile } from './preview';
import classes from './PreviewDialog.module.css';

/** In bytes, and in rows: what is beyond is not read through, but searched, by another program. */
const MOST = 512 * 1024;
const MOST_ROWS = 1_000;

async function read(file: ListedFile, signal: AbortSignal): Promise<string> {
  const blob = await getBlob(file.url.replace('/api/v1', ''), signal);
  return decoded(await blob.slice(0, MOST).arrayBuffer(), blob.size <= MOST);
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** Words and tables, as text: markup in them is shown, never followed. */
export function TextView({ file, as }: { file: ListedFile; as: 'text' | 'csv' | 'json' }) {
  const query = useQuery({ queryKey: ['file', file.id], queryFn: ({ signal }) => read(file, signal), gcTime: 0 });
  if (query.isError) return <Trouble error={query.error} what={t('this file')} retry={() => void query.refetch()} />;
  if (query.data === undefined) {
    return (
      <p className={classes.waiting} role="status">
        {t('Loading…')}
      </p>
    );
  }
  const cut = file.size > MOST;
  const table = as === 'csv' ? parseTable(query.data, MOST_ROWS) : null;
  const more = cut || (table?.length ?? 0) >= MOST_ROWS;
  return (
    <div className={classes.sheet}>
      {more && <p className={classes.hint}>{t('This is its beginning: {size} in all. The download holds all of it.', { size: fileSize(file.size) })}</p>}
      {table ? <Table rows={table} /> : <pre className={classes.text} dir="auto">{as === 'json' && !cut ? indented(query.data) : query.data}</pre>}
    </div>
  );
}

function Table({ rows: [head, ...rows] }: { rows: string[][] }) {
  if (!head) return <p className={classes.hint}>{t('There is nothing in it.')}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {head.map((cell, index) => (
            <th key={index} scope="col" dir="auto">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column} dir="auto">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
