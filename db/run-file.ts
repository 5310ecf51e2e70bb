// How is one SQL file run inside the open transaction, and at which line did it fail?
import type { Client } from 'pg'

/** Runs the file's statements as the owner of the tables; an error names the file and the line. */
export async function runFile(client: Client, file: { name: string; text: string }): Promise<void> {
  await client.query('set local role tugivork_owner; set local search_path = public')
  try {
    await client.query(file.text)
  } catch (error) {
    const { message, position, detail, where } = error as {
      message: string
      position?: string
      detail?: string
      where?: string
    }
    const line = position ? `:${file.text.slice(0, Number(position)).split('\n').length}` : ''
    throw new Error([`${file.name}${line}: ${message}`, detail, where].filter(Boolean).join('\n'), { cause: error })
  }
}
