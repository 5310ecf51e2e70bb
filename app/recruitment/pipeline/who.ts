// By what is an applicant called on a page?
import type { Opened } from './applicant.server.ts'

/** The name, or the code where the name is not for the one who looks. */
export const calledBy = ({ volunteer, application }: Pick<Opened, 'volunteer' | 'application'>): string =>
  volunteer?.name ?? application?.facts?.name ?? application?.code ?? ''
