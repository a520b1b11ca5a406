/** The port of Advisor unless another is asked for. */
export const ADVISOR_PORT = 10_300

/** The port of Chatbot unless another is asked for. */
export const CHATBOT_PORT = 10_200
