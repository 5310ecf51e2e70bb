// What does a program look like that keeps an embedded database, for the tests that kill it?
import { Client } from 'pg'
import { startEmbedded } from '../db/embedded.ts'

const [dataDir = '', task] = process.argv.slice(2)
const started = await startEmbedded({ dataDir }).catch((error: Error) => {
  console.log(JSON.stringify({ refused: error.message }))
  process.exit(3)
})
const stop = () => started.stop().then(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
console.log(JSON.stringify({ adminUrl: started.adminUrl }))

if (task === 'write') {
  const client = new Client({ connectionString: started.adminUrl })
  await client.connect()
  await client.query('create table if not exists kept (id int primary key)')
  // Each number is said only after the database has said that it is kept.
  for (let id = 1; ; id++) {
    await client.query('insert into kept values ($1)', [id])
    console.log(JSON.stringify({ kept: id }))
  }
}
