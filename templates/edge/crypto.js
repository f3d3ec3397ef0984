const crypto = require('crypto');
