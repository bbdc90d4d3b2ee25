# The service as a slim image. Its database is what DATABASE_URL says; without one, SQLite in /data.
FROM rust:1.95-slim-trixie AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package concordat && \
    cp target/release/concordat /usr/local/bin/

FROM debian:trixie-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system --uid 10001 --user-group --home-dir /data --create-home concordat
COPY --from=build /usr/local/bin/concordat /usr/local/bin/
USER 10001
WORKDIR /data
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["concordat", "healthcheck"]
ENTRYPOINT ["concordat"]
CMD ["serve"]
