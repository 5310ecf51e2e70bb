// Which programs write a document into a file, and what is each file called on the wire?

// What writes a file is loaded when the first one is asked for: on most days nobody does, and it is a tenth of the program.
export const renderers = {
  pdf: { load: async () => (await import('./pdf.server.ts')).renderPdf, type: 'application/pdf' },
  docx: {
    load: async () => (await import('./docx.server.ts')).renderDocx,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  xlsx: {
    load: async () => (await import('./xlsx.server.ts')).renderXlsx,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
} as const
