/** Takes the words out of archived histories, where what people wrote when they decided stands once more. A replay passes as before. */
import type { Transaction } from '../../db/database.ts';
import { allHistories, openHistory, replaceHistory } from '../../db/histories.ts';
import { changeHistoryTexts } from '../../db/history/texts.ts';

/** Answers how many histories it changed. */
export async function eraseHistories(tx: Transaction, carries: (text: string) => boolean, mark: string): Promise<number> {
  let changed = 0;
  for await (const page of allHistories(tx))
    for (const row of page) {
      const history = changeHistoryTexts(await openHistory(row), (text) => (carries(text) ? mark : text));
      if (history === null) continue;
      await replaceHistory(tx, row, history);
      changed += 1;
    }
  return changed;
}
