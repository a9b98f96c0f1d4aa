-- The database of Mitra BEJO and its two roles, once, by PostgreSQL's superuser:
--   psql -v owner_password=… -v app_password=… -f roles.sql
-- mitra_owner changes the shape (./mitra manage migrate, restore); mitra_app is what the site and
-- its workers use every day (DATABASE_URL in mitra.env). After each migrate: trail.sql.
\set ON_ERROR_STOP on
CREATE ROLE mitra_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE mitra_app LOGIN PASSWORD :'app_password' CONNECTION LIMIT 80;
CREATE DATABASE mitra OWNER mitra_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE mitra FROM PUBLIC;
GRANT CONNECT ON DATABASE mitra TO mitra_app;
\connect mitra
ALTER SCHEMA public OWNER TO mitra_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
