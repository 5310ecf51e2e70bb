// How does a test file get a database of its own, with the real roles and the real policies?
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { Client } from 'pg'
import { inject } from 'vitest'
import { admitRoles } from '../db/roles.ts'
import { type ClusterFacts, databaseUrl, onServer } from './cluster.ts'

/** A connection whose days are those of `today()`: between the midnights of Tallinn and of UTC `current_date` would be yesterday. */
export const clientOf = (url: string): Client =>
  new Client({ connectionString: url, options: '-c TimeZone=Europe/Tallinn' })

export type TestDatabase = {
  adminUrl: string
  readUrl: string
  writeUrl: string
  doorUrl: string
  jobsUrl: string
  close: () => Promise<void>
}

/** A fresh copy of the migrated database, made in some 50 ms; `close()` drops it together with whoever is still connected. */
export async function freshDatabase(): Promise<TestDatabase> {
  return copyOf((await askForCluster()).template)
}

/** A copy of that database, to which nobody may be connected just then. */
export async function copyOf(template: string): Promise<TestDatabase> {
  const { serverUrl, prefix } = await askForCluster()
  const name = `${prefix}_${randomBytes(5).toString('hex')}`
  await onServer(serverUrl, [`create database ${name} template ${template} strategy file_copy`])
  const adminUrl = databaseUrl(serverUrl, name)
  // Rights to the database itself are not copied with it.
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  await admitRoles(client)
  await client.end()
  return {
    adminUrl,
    readUrl: databaseUrl(serverUrl, name, 'tugivork_read'),
    writeUrl: databaseUrl(serverUrl, name, 'tugivork_write'),
    doorUrl: databaseUrl(serverUrl, name, 'tugivork_door'),
    jobsUrl: databaseUrl(serverUrl, name, 'tugivork_jobs'),
    close: () => onServer(serverUrl, [`drop database if exists ${name} with (force)`]),
  }
}

/** An empty database on the run's cluster, for what tests the migrations themselves. */
export async function emptyDatabase(): Promise<{ adminUrl: string; close: () => Promise<void> }> {
  const { serverUrl, prefix } = await askForCluster()
  const name = `${prefix}_${randomBytes(5).toString('hex')}`
  await onServer(serverUrl, [`create database ${name} template template0`])
  return {
    adminUrl: databaseUrl(serverUrl, name),
    close: () => onServer(serverUrl, [`drop database if exists ${name} with (force)`]),
  }
}

let asked: Promise<ClusterFacts> | undefined

function askForCluster(): Promise<ClusterFacts> {
  asked ??= new Promise((done, fail) => {
    let answer = ''
    const socket = connect(inject('clusterSocket')).setEncoding('utf8')
    socket.on('data', (part) => (answer += part))
    socket.on('error', fail)
    socket.on('end', () => {
      const { facts, error } = JSON.parse(answer) as { facts?: ClusterFacts; error?: string }
      if (facts) done(facts)
      else fail(new Error(error))
    })
  })
  return asked
}
