"""What anybody who opens a stored file may meet, wherever the files lie (`FIL_LAGER`)."""


class Lagerstop(Exception):
    """The storage does not answer, or will not: nothing is known of the file. No OSError, so that nobody takes it for
    a file that is gone."""
