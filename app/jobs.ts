// What does the process do by itself?
import { type Job, mailJob } from './process/jobs.server.ts'

export const jobs: Job[] = [mailJob]
