// What a call returned: an exception for an error, a warning for an advisory.
'use strict';

const { constants, raw } = require('./library.js');

/** The library refused its arguments: `status` is its number, `code` its C name. */
class LogitudeError extends Error {
  constructor(status, where, detail) {
    const code = raw.lgt_status_name(status);
    super(`${where}: ${detail ?? raw.lgt_status_string(status)} (${code})`);
    Object.assign(this, { status, code });
  }
}
LogitudeError.prototype.name = 'LogitudeError';

/** Throws for an error; warns of an advisory: the outputs are written then. */
function check(status, where) {
  if (status < 0) throw new LogitudeError(status, where);
  if (status === 0) return;
  const code = raw.lgt_status_name(status);
  const text = `${where}: ${raw.lgt_status_string(status)} (${code})`;
  process.emitWarning(text, { type: 'LogitudeWarning', code });
}

const refuse = (code, where, detail) => {
  throw new LogitudeError(constants[code], where, detail);
};

module.exports = { LogitudeError, check, refuse };
