// Which role may try which operation? Printed for people to read and for a change of rights to be seen.
import { allOperations } from './core/operation.server.ts'
import { roles } from './core/user.ts'

/** The table of docs/access-table.md. */
export function accessTable(): string {
  const operations = allOperations().filter(({ name }) => !name.startsWith('test.'))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '# Who may try what',
    '',
    'Printed from the code by `npm run access-table`; a test compares it. A dot says that the role may try the operation;',
    'on which rows is said in the policy file of each subject. `in person`: not by whoever stands in for somebody.',
    'Columns in the order of `app/core/user.ts`.',
    '',
    line(['operation', '', ...roles]),
    line(roles.map(() => '---').concat('---', '---')),
    ...operations.map((operation) =>
      line([
        `\`${operation.name}\``,
        `${operation.access === 'read' ? 'looks' : 'does'}${operation.inPerson ? ' in person' : ''}`,
        ...roles.map((role) => (operation.roles.includes(role) ? '•' : '')),
      ]),
    ),
    '',
  ].join('\n')
}
