# The steps of docs/drift.md in an image. The tests run the steps, not the image.
FROM python:3.11-slim-bookworm

# Pango and HarfBuzz draw the text of PDFs; pg_dump is for the backup, and of the server's version.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-15 \
 && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STATIC_ROOT=/srv/helhedsplan/static \
    MEDIA_ROOT=/srv/helhedsplan/filer CACHE_ROOT=/srv/helhedsplan/cache
WORKDIR /opt/helhedsplan

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

COPY . .
RUN useradd --system --uid 10001 --no-create-home helhedsplan \
 && mkdir -p /srv/helhedsplan/filer /srv/helhedsplan/cache \
 && chown -R helhedsplan /srv/helhedsplan \
 && SECRET_KEY=kun-til-at-bygge python manage.py collectstatic --noinput --verbosity 0

USER helhedsplan
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "4", "--timeout", "60", "--preload", "helhedsplan.wsgi"]
