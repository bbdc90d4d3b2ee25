DROP TABLE logged_requests;
