-- What the site's own role may do, by the owner, after each ./mitra manage migrate and each restore:
--   psql -U mitra_owner -d mitra -f trail.sql
-- The triggers refuse changes of the trail to everybody; this takes the right itself from the site.
\set ON_ERROR_STOP on
BEGIN;
GRANT USAGE ON SCHEMA public TO mitra_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO mitra_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO mitra_app;

-- Events, their chain, and who looked at whose data are only added to.
REVOKE UPDATE, DELETE, TRUNCATE ON workflows_auditevent, workflows_chainlink, workflows_look FROM mitra_app;
-- A reason and its salt may be emptied (erasure of personal data); the trigger sees to the rest.
GRANT UPDATE (reason, salt) ON workflows_auditevent TO mitra_app;
-- Links are written by the trigger alone, with the owner's right.
REVOKE INSERT ON workflows_chainlink FROM mitra_app;
ALTER FUNCTION mitra_link_event() SECURITY DEFINER SET search_path = public, pg_temp;
-- The shape is the owner's.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM mitra_app;
COMMIT;
