CREATE USER keeper@'%' IDENTIFIED BY 'very-secret';
GRANT ALL ON *.* TO keeper@'%';
