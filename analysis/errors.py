"""The mistakes that a user can mend, each told in one sentence.

A scientific refusal is not here: it is a result with a ``reason``. An error is for input that
cannot be read or does not make sense; its message names the file, line, column or value and the
next step, and the command line ends with exit code 2.
"""


class AnalysisError(Exception):
    """A mistake in what was given, in one sentence that says where and what to do next."""


class InputError(AnalysisError):
    """An argument that makes no sense: an unknown name, a number out of range."""


class CorpusError(AnalysisError):
    """A file of the corpus folder that is missing, damaged or contradicts another."""


class SchemaError(AnalysisError):
    """A table without the columns, types or keys that its schema declares."""
